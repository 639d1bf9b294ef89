package dev.doorbuster.order.edge.sale;

import java.time.Duration;

/**
 * What a verification is allowed.
 *
 * @param markerMax how long its marker may be under way
 * @param setAsideMax how long a look for dead letters may take
 * @param recountMax how long a recount of a counter that is gone may take
 * @param driftMax how long counter and ledger of a quiet sale may differ before that is a fault
 * @param runningMax verifications under way on one edge
 * @param salesMax sales whose drift is remembered
 */
public record VerificationConfig(
        Duration markerMax,
        Duration setAsideMax,
        Duration recountMax,
        Duration driftMax,
        int runningMax,
        int salesMax) {
    private static final Duration MARKER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RECOUNT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DRIFT_MAX = Duration.ofSeconds(15);
    private static final int VERIFICATIONS_RUNNING_MAX = 64;
    private static final Duration DEAD_LETTERS_TIMEOUT = Duration.ofSeconds(5);
    private static final int SALES_MAX = 10_000;

    public static VerificationConfig defaults() {
        return new VerificationConfig(
                MARKER_TIMEOUT, DEAD_LETTERS_TIMEOUT, RECOUNT_TIMEOUT, DRIFT_MAX, VERIFICATIONS_RUNNING_MAX, SALES_MAX);
    }
}
