package dev.doorbuster.cli.bench.client;

import dev.doorbuster.crowd.history.Durations;
import java.util.Map;

/**
 * Result of one run of the load client.
 *
 * @param answered requests with a complete response
 * @param answeredInWindow requests answered while requests were still being sent
 * @param windowSeconds how long requests were sent
 * @param lost requests without a response: closed connection or timeout
 * @param statuses responses by status code
 * @param latencyMs from the intended send time to the response
 * @param lagMs from the intended send time to the write: the client's own delay, included in {@code latencyMs}
 */
public record LoadResult(
        long answered,
        long answeredInWindow,
        double windowSeconds,
        long lost,
        Map<Integer, Long> statuses,
        Percentiles latencyMs,
        Percentiles lagMs) {
    public double perSecond() {
        return answeredInWindow / windowSeconds;
    }

    public long status(int code) {
        return statuses.getOrDefault(code, 0L);
    }

    /** Percentiles of a run. */
    public record Percentiles(double p50, double p99, double max) {
        static Percentiles of(Durations durations) {
            return new Percentiles(durations.millis(0.5), durations.millis(0.99), durations.millis(1));
        }
    }
}
