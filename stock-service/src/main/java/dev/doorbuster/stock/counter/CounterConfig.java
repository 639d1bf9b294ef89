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
    public static CounterConfig fromEnv(Environment env) {
        return new CounterConfig(
                env.integer("DOORBUSTER_STOCK_LANES", 16, 1, 256),
                env.integer("DOORBUSTER_STOCK_ROUNDS_MAX", 64, 1, 10_000),
                env.millis("DOORBUSTER_STOCK_ROUND_JITTER_MS", 16, 1, 10_000),
                env.millis(
                        "DOORBUSTER_STOCK_OUTCOME_KEPT_MS",
                        RedisKeys.OUTCOME_SLOT.multipliedBy(3),
                        RedisKeys.OUTCOME_SLOT.multipliedBy(2),
                        Duration.ofDays(7)),
                env.millis(
                        "DOORBUSTER_STOCK_CLAIM_KEPT_MS",
                        Duration.ofDays(7),
                        Duration.ofHours(1),
                        Duration.ofDays(365)));
    }
}
