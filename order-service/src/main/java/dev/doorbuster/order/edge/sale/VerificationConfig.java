package dev.doorbuster.order.edge.sale;

import dev.doorbuster.runtime.config.Environment;
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
    private static final int VERIFICATIONS_RUNNING_MAX = 64;
    private static final Duration DEAD_LETTERS_TIMEOUT = Duration.ofSeconds(5);
    private static final int SALES_MAX = 10_000;

    public static VerificationConfig fromEnv(Environment env) {
        return new VerificationConfig(
                limit(env, "DOORBUSTER_VERIFICATION_MARKER_TIMEOUT_MS", 10_000),
                DEAD_LETTERS_TIMEOUT,
                limit(env, "DOORBUSTER_VERIFICATION_RECOUNT_TIMEOUT_MS", 5000),
                limit(env, "DOORBUSTER_VERIFICATION_DRIFT_MAX_MS", 15_000),
                VERIFICATIONS_RUNNING_MAX,
                SALES_MAX);
    }

    private static Duration limit(Environment env, String name, long byDefaultMs) {
        return env.millis(name, byDefaultMs, 1, 600_000);
    }
}
