package dev.doorbuster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleVerification;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Verifies sales in sequence and prints each verdict, their number, and the sales that could not be verified. */
final class SaleVerifications {
    private final ApiClient api;
    private final Duration pendingMax;
    private final PrintWriter out;
    private final Map<String, Integer> verdicts = new TreeMap<>();
    private final List<String> unverified = new ArrayList<>();
    private boolean passed = true;

    /**
     * Creates the verification; it starts with the first call.
     *
     * @param pendingMax how long one sale may stay PENDING
     */
    SaleVerifications(ApiClient api, Duration pendingMax, PrintWriter out) {
        this.api = api;
        this.pendingMax = pendingMax;
        this.out = out;
    }

    /** Whether every sale verified so far is PASS. */
    boolean passed() {
        return passed;
    }

    /** Verifies all sales. */
    void verifyAll() throws InterruptedException {
        List<JsonNode> sales = api.list("/api/sales", "sales");
        for (JsonNode sale : sales) {
            verify(sale.get("saleId").asText());
        }
        out.printf("%,d of %,d sales verified: %s%n", sales.size() - unverified.size(), sales.size(), verdicts());
        unverified.forEach(sale -> out.println("  not verified: " + sale));
        out.flush();
    }

    /** Verifies one sale. A failure is recorded, and the following sales are still verified. */
    void verify(String sale) throws InterruptedException {
        try {
            SaleVerification verification = SaleVerification.await(api, sale, pendingMax);
            verification.print(out);
            verdicts.merge(verification.verdict(), 1, Integer::sum);
            passed &= verification.passed();
        } catch (IllegalStateException | UncheckedIOException e) {
            out.println("  sale " + sale + "  not verified: " + e.getMessage());
            unverified.add(sale);
            passed = false;
        }
        out.flush();
    }

    private String verdicts() {
        return verdicts.isEmpty() ? "none" : verdicts.toString().replaceAll("[{}]", "");
    }
}
