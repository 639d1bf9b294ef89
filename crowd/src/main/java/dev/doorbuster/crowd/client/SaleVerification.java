package dev.doorbuster.crowd.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;

/** The proof of one sale, as the system gave it. */
public record SaleVerification(JsonNode json) {
    private static final Duration ASK_EVERY = Duration.ofMillis(500);

    /** Asks until the verdict is final or the limit is reached; then it is PENDING still. */
    public static SaleVerification await(ApiClient api, String sale, Duration max) throws InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        while (true) {
            var verification = new SaleVerification(api.get("/api/sales/" + sale + "/verification"));
            if (!verification.verdict().equals("PENDING") || System.nanoTime() > deadline) {
                return verification;
            }
            // A pause between two questions, within the limit above; nothing tells when a verdict is ready.
            Thread.sleep(ASK_EVERY.toMillis());
        }
    }

    public String verdict() {
        return json.get("verdict").asText();
    }

    public boolean passed() {
        return verdict().equals("PASS");
    }

    public long number(String name) {
        return json.path(name).asLong();
    }

    public void print(PrintWriter out) {
        out.printf(
                "  sale %s  %s%n    stock %s  sold %s (held %s, paid %s)  available %s  in flight %s%n"
                        + "    oversold %s  duplicates %s  over limit %s  drift %s%n",
                text("saleId"),
                verdict(),
                text("stock"),
                text("sold"),
                text("held"),
                text("paid"),
                text("available"),
                text("inFlight"),
                text("oversold"),
                text("duplicates"),
                text("overLimit"),
                text("drift"));
        JsonNode waitsFor = json.path("waitsFor");
        if (waitsFor.isObject()) {
            out.printf(
                    "    waits for %s: %s%n",
                    waitsFor.path("kind").asText(), waitsFor.path("detail").asText());
        }
        if (number("missing") > 0) {
            out.printf("    missing %s: lost by the broker%n", text("missing"));
            json.path("missingOrders").forEach(order -> out.println("      order " + order.asText()));
        }
        out.flush();
    }

    private String text(String name) {
        return json.path(name).asText("?");
    }
}
