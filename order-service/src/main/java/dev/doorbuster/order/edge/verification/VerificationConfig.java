package dev.doorbuster.order.edge.verification;

import java.time.Duration;

/**
 * Limits of a verification.
 *
 * @param markerMax time limit of its marker
 * @param recountMax time limit of recounting a missing counter
 * @param driftMax how long counter and ledger of a quiet sale may differ, or an order be missing, before the verdict is FAIL
 */
public record VerificationConfig(Duration markerMax, Duration recountMax, Duration driftMax) {
    /** Concurrent verifications of one edge. */
    public static final int RUNNING_MAX = 64;

    private static final Duration MARKER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RECOUNT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DRIFT_MAX = Duration.ofSeconds(15);

    public static VerificationConfig defaults() {
        return new VerificationConfig(MARKER_TIMEOUT, RECOUNT_TIMEOUT, DRIFT_MAX);
    }
}
