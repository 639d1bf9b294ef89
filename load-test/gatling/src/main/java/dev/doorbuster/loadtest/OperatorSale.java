package dev.doorbuster.loadtest;

import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.SaleVerification;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The operator's side: makes the sale, and has it proved. */
record OperatorSale(LoadPlan plan, ApiClient api, String sale) {
    private static final String OPERATOR = "operator";
    private static final long HOLD_SECONDS = Duration.ofHours(1).toSeconds();

    /** Logs in, and makes the sale unless there is one. */
    static OperatorSale begin(LoadPlan plan) {
        try {
            ApiClient api = ApiClient.login(plan.api(), OPERATOR, plan.operatorPassword());
            String sale = plan.sale().isPresent()
                    ? plan.sale().get()
                    : SaleRequest.of(
                                    "Load test, counted in " + plan.counter(),
                                    plan.counter(),
                                    plan.stock(),
                                    1,
                                    HOLD_SECONDS)
                            .create(api);
            return new OperatorSale(plan, api, sale);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the sale was made", e);
        }
    }

    /**
     * Has the sale proved, and looks at what the crowd found.
     *
     * @throws IllegalStateException with everything that was wrong, if anything was
     */
    void end(LoadReport report, PrintWriter out) {
        try {
            SaleVerification verification = SaleVerification.await(api, sale, plan.verifyMax());
            out.println(report.describe());
            verification.print(out);
            out.flush();
            var wrongs = new ArrayList<>(report.wrongs(plan.p99Max()));
            if (!verification.passed()) {
                wrongs.add("the sale is not proved: " + verification.json());
            }
            judge(wrongs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the sale was proved", e);
        }
    }

    private static void judge(List<String> wrongs) {
        if (!wrongs.isEmpty()) {
            throw new IllegalStateException(String.join("; ", wrongs));
        }
    }
}
