package dev.doorbuster.cli.rehearse.step;

import java.time.Duration;

/** Verdict on one step. */
public enum StepVerdict {
    HELD("held"),
    TOO_SLOW("too slow"),
    ERRORS("errors"),
    /** The load generator did not keep its schedule: the step shows nothing about the deployment. */
    CLIENT_BOUND("client-bound"),
    /** Verification did not pass, or an answer was false. */
    UNTRUE("not proven");

    /** Tolerated delay of arrivals: a share of the latency limit, and an absolute minimum. */
    private static final int LATE_SHARE = 10;

    private static final Duration LATE_AT_LEAST = Duration.ofMillis(50);

    private final String words;

    StepVerdict(String words) {
        this.words = words;
    }

    public static StepVerdict of(StepResult result, Duration p99Limit) {
        if (!result.isTrue()) {
            return UNTRUE;
        }
        if (isClientBound(result, p99Limit)) {
            return CLIENT_BOUND;
        }
        if (result.errors() > 0) {
            return ERRORS;
        }
        return result.p99().compareTo(p99Limit) > 0 ? TOO_SLOW : HELD;
    }

    private static boolean isClientBound(StepResult result, Duration p99Limit) {
        return result.pace().ranOutOfConnections() || result.pace().late().p99().compareTo(lateMax(p99Limit)) > 0;
    }

    /** The p99 delay of arrivals from which on the load generator counts as too slow. */
    public static Duration lateMax(Duration p99Limit) {
        Duration share = p99Limit.dividedBy(LATE_SHARE);
        return share.compareTo(LATE_AT_LEAST) > 0 ? share : LATE_AT_LEAST;
    }

    public String words() {
        return words;
    }
}
