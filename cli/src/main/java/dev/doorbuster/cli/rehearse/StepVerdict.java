package dev.doorbuster.cli.rehearse;

import java.time.Duration;

/** What one crowd showed. */
enum StepVerdict {
    HELD("held"),
    TOO_SLOW("too slow"),
    ERRORS("errors"),
    /** The load generator did not keep its own schedule: this says nothing about the deployment. */
    CLIENT_BOUND("client-bound"),
    /** Verification did not pass, or somebody was told something untrue. */
    UNTRUE("not proven");

    /** How late arrivals may begin, as a share of the limit that is judged, and in any case. */
    private static final int LATE_SHARE = 10;

    private static final Duration LATE_AT_LEAST = Duration.ofMillis(50);

    private final String words;

    StepVerdict(String words) {
        this.words = words;
    }

    static StepVerdict of(StepResult result, Duration p99Limit) {
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

    /** How late one arrival in a hundred may begin before the crowd counts as not keeping its schedule. */
    static Duration lateMax(Duration p99Limit) {
        Duration share = p99Limit.dividedBy(LATE_SHARE);
        return share.compareTo(LATE_AT_LEAST) > 0 ? share : LATE_AT_LEAST;
    }

    String words() {
        return words;
    }
}
