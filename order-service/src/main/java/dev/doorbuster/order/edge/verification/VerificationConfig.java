package dev.doorbuster.order.edge.verification;

import java.time.Duration;

/**
 * Limits of a verification.
 *
 * @param markerMax time limit of its marker
 * @param reportMax time that edges have to report orders without an answer
 * @param deadLettersTimeout time limit of the dead-letter check
 * @param deadLettersMax dead letters that it reads
 * @param recountMax time limit of recounting a missing counter
 * @param driftMax how long counter and ledger of a quiet sale may differ, or an order be missing, before the verdict is FAIL
 * @param runningMax concurrent verifications of one edge
 * @param salesTrackedMax sales whose drift is tracked
 */
public record VerificationConfig(
        Duration markerMax,
        Duration reportMax,
        Duration deadLettersTimeout,
        int deadLettersMax,
        Duration recountMax,
        Duration driftMax,
        int runningMax,
        int salesTrackedMax) {
    private static final Duration MARKER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REPORT_MAX = Duration.ofMillis(100);
    private static final Duration RECOUNT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DRIFT_MAX = Duration.ofSeconds(15);
    private static final int VERIFICATIONS_RUNNING_MAX = 64;
    private static final Duration DEAD_LETTERS_TIMEOUT = Duration.ofSeconds(5);
    private static final int DEAD_LETTERS_MAX = 100;
    private static final int SALES_TRACKED_MAX = 10_000;

    public static VerificationConfig defaults() {
        return new VerificationConfig(
                MARKER_TIMEOUT,
                REPORT_MAX,
                DEAD_LETTERS_TIMEOUT,
                DEAD_LETTERS_MAX,
                RECOUNT_TIMEOUT,
                DRIFT_MAX,
                VERIFICATIONS_RUNNING_MAX,
                SALES_TRACKED_MAX);
    }
}
