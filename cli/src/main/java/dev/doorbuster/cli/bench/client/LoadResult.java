package dev.doorbuster.cli.bench.client;

import java.util.Map;

/**
 * What one run of the load client measured.
 *
 * @param answered requests that got a complete response
 * @param answeredInWindow those answered while requests were still being sent
 * @param windowSeconds how long requests were sent
 * @param lost requests without a response: the connection ended, or the time to wait for it did
 * @param statuses responses by status code
 * @param latencyMs from the intended send time to the response
 * @param lagMs from the intended send time to the write: the client's own lateness, which {@code latencyMs} includes
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
    public record Percentiles(double p50, double p90, double p99, double p999, double max) {}
}
