package dev.doorbuster.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.crowd.client.ApiClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The live statistics' number of visitors beside the crowd's own count.
 *
 * @param known by the crowd's history
 * @param counted by the bitmap
 * @param estimated by HyperLogLog
 */
record VisitorCheck(long known, long counted, long estimated) {
    /** Visits are published each second; those that were lost again each minute. */
    private static final Duration COUNTED_MAX = Duration.ofSeconds(75);

    private static final long AGAIN_MS = 250;
    /** Five standard errors. */
    private static final double BITMAP_ERROR_MAX = 5 * 0.001;

    private static final double HYPERLOGLOG_ERROR_MAX = 5 * 0.0081;

    /** Reads them until they agree, or for a limited time. */
    static VisitorCheck await(ApiClient notifier, String sale, long known) throws InterruptedException {
        long until = System.nanoTime() + COUNTED_MAX.toNanos();
        VisitorCheck check;
        do {
            // A pause between two readings, within the limit.
            TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
            JsonNode pulse = notifier.get("/api/sales/" + sale + "/pulse");
            check = new VisitorCheck(
                    known,
                    pulse.get("visitors").asLong(),
                    pulse.get("visitorsByHyperLogLog").asLong());
        } while (!check.isWithinError() && System.nanoTime() - until < 0);
        return check;
    }

    boolean isWithinError() {
        return Math.abs(counted - known) <= 1 + known * BITMAP_ERROR_MAX
                && Math.abs(estimated - known) <= 1 + known * HYPERLOGLOG_ERROR_MAX;
    }

    @Override
    public String toString() {
        return "%,d buyers came; %,d by the bitmap, %,d by HyperLogLog%s"
                .formatted(known, counted, estimated, isWithinError() ? "" : ", beyond five standard errors");
    }
}
