package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * What the counters are allowed.
 *
 * @param lanes sales that are worked on at the same time, each with a connection of its own where the store needs one
 * @param roundsMax optimistic transactions lost to others before giving up
 * @param jitterMax longest wait before the next round
 * @param outcomeKept how long the outcome of a request is remembered, in case the request is delivered again
 * @param claimKept how long reservations and claims are remembered after the last one; forgetting costs refusals at the ledger
 */
public record CounterConfig(int lanes, int roundsMax, Duration jitterMax, Duration outcomeKept, Duration claimKept) {
    private static final Duration CLAIM_KEPT = Duration.ofDays(7);
    private static final Duration OUTCOME_KEPT = RedisKeys.OUTCOME_SLOT.multipliedBy(3);

    public static CounterConfig fromEnv(Environment env) {
        return new CounterConfig(
                env.integer("DOORBUSTER_STOCK_LANES", 16, 1, 256),
                env.integer("DOORBUSTER_STOCK_ROUNDS_MAX", 64, 1, 10_000),
                env.millis("DOORBUSTER_STOCK_ROUND_JITTER_MS", 16, 1, 10_000),
                OUTCOME_KEPT,
                CLAIM_KEPT);
    }
}
