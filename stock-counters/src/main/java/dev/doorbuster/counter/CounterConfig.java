package dev.doorbuster.counter;

import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Limits of the counters.
 *
 * @param sequences shards of sales that run concurrently, each with its own connection if the store needs one
 * @param roundsMax conflicting optimistic transactions before a decision fails
 * @param jitterMax longest wait before the next attempt; 0 for none at all
 * @param outcomeKept expiry of a request's outcome, kept for redeliveries
 * @param claimKept expiry of reservations and claims after the last one; without them more orders are refused only by the
 *     ledger
 */
public record CounterConfig(
        int sequences, int roundsMax, Duration jitterMax, Duration outcomeKept, Duration claimKept) {
    private static final int ROUNDS_MAX = 64;
    private static final Duration JITTER_MAX = Duration.ofMillis(16);
    private static final Duration CLAIM_KEPT = Duration.ofDays(7);
    private static final Duration OUTCOME_KEPT = RedisKeys.OUTCOME_SLOT.multipliedBy(3);

    public static CounterConfig fromEnv(Environment env) {
        return new CounterConfig(
                env.integer("DOORBUSTER_STOCK_LANES", 16, 1, 256), ROUNDS_MAX, JITTER_MAX, OUTCOME_KEPT, CLAIM_KEPT);
    }
}
