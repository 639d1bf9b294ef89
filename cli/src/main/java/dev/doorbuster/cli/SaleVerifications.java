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

/** Verifies sales one after the other and prints each verdict, how many there were, and which could not be verified. */
final class SaleVerifications {
    private final ApiClient api;
    private final Duration pendingMax;
    private final PrintWriter out;
    private final Map<String, Integer> verdicts = new TreeMap<>();
    private final List<String> unverified = new ArrayList<>();
    private boolean passed = true;

    /**
     * Verifies nothing yet.
     *
     * @param pendingMax how long to wait for one sale while its verdict is PENDING
     */
    SaleVerifications(ApiClient api, Duration pendingMax, PrintWriter out) {
        this.api = api;
        this.pendingMax = pendingMax;
        this.out = out;
    }

    /** Whether every sale so far PASSES. */
    boolean passed() {
        return passed;
    }

    /** Every sale there is. */
    void verifyAll() throws InterruptedException {
        List<JsonNode> sales = api.list("/api/sales", "sales");
        for (JsonNode sale : sales) {
            verify(sale.get("saleId").asText());
        }
        out.printf("%,d of %,d sales verified: %s%n", sales.size() - unverified.size(), sales.size(), verdicts());
        unverified.forEach(sale -> out.println("  not verified: " + sale));
        out.flush();
    }

    /** One sale. A sale that cannot be verified is remembered, and the next ones are verified. */
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
