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

    /**
     * Verifies all sales and prints how far it is.
     *
     * @param max after that no other sale is verified, and the rest counts as not verified
     */
    void verifyAll(Duration max) throws InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        List<JsonNode> sales = api.list("/api/sales", "sales");
        int number = 0;
        for (JsonNode sale : sales) {
            String id = sale.get("saleId").asText();
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                unverified.add(id);
                passed = false;
                continue;
            }
            out.printf("[%,d of %,d]%n", ++number, sales.size());
            verify(id, Duration.ofNanos(Math.min(left, pendingMax.toNanos())));
        }
        if (number < sales.size()) {
            out.printf("stopped after %,d s%n", max.toSeconds());
        }
        out.printf("%,d of %,d sales verified: %s%n", sales.size() - unverified.size(), sales.size(), verdicts());
        unverified.forEach(sale -> out.println("  not verified: " + sale));
        out.flush();
    }

    /** Verifies one sale. */
    void verify(String sale) throws InterruptedException {
        verify(sale, pendingMax);
    }

    /** A failure is recorded, and the following sales are still verified. */
    private void verify(String sale, Duration max) throws InterruptedException {
        try {
            SaleVerification verification = SaleVerification.await(api, sale, max);
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
