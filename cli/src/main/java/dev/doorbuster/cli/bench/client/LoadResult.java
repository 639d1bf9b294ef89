package dev.doorbuster.cli.bench.client;

import dev.doorbuster.crowd.history.Durations;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Result of one run of the load client.
 *
 * @param sent requests sent
 * @param unsent requests that were due within the run of an open loop and had no free connection until its end
 * @param windowSeconds length of the window in which answers count for rates: the run without its first second
 * @param lost requests without a response: closed connection or timeout
 * @param statuses responses by status code
 * @param lagMs of an open loop, from the intended send time to the write: the client's own delay, included in latencies
 */
public record LoadResult(
        long sent,
        long unsent,
        double windowSeconds,
        long lost,
        Map<Integer, StatusAnswers> statuses,
        Percentiles lagMs) {
    private static final StatusAnswers NONE = new StatusAnswers(0, 0, new Percentiles(0, 0, 0));

    /** Requests that were to be sent. */
    public long due() {
        return sent + unsent;
    }

    /** Requests with a complete response. */
    public long answered() {
        return statuses.values().stream().mapToLong(StatusAnswers::count).sum();
    }

    /** Answers with this status per second of the window. */
    public double perSecond(int status) {
        return status(status).inWindow() / windowSeconds;
    }

    public StatusAnswers status(int code) {
        return statuses.getOrDefault(code, NONE);
    }

    /** Requests that were due and did not get this status. */
    public long unexpected(int expectedStatus) {
        return due() - status(expectedStatus).count();
    }

    /** What became of the requests, for people. */
    public String counts() {
        String answers = statuses.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue().count() + ", ")
                .collect(Collectors.joining());
        return answers + "lost: " + lost + ", unsent: " + unsent;
    }

    /**
     * Responses with one status code.
     *
     * @param inWindow those that arrived within the window
     * @param latencyMs from the intended send time to the response, of all that arrived since the window began
     */
    public record StatusAnswers(long count, long inWindow, Percentiles latencyMs) {}

    /** Percentiles of a run. */
    public record Percentiles(double p50, double p99, double max) {
        static Percentiles of(Durations durations) {
            return new Percentiles(durations.millis(0.5), durations.millis(0.99), durations.millis(1));
        }
    }
}
