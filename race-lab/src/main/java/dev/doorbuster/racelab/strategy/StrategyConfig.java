package dev.doorbuster.racelab.strategy;

import java.time.Duration;

/**
 * Settings of strategies.
 *
 * @param connections concurrent buyers, each on its own connection, if buyers act individually
 * @param batchMax concurrent buyers, in one transaction, if they are combined
 * @param roundsMax limit of conflicting transactions, as in the stock-service's counters
 * @param jitterMax longest wait before the next attempt, as there
 * @param keysLife expiry of a race's keys, in case the process dies before it deletes them
 */
public record StrategyConfig(int connections, int batchMax, int roundsMax, Duration jitterMax, Duration keysLife) {
    private static final int CONNECTIONS = 32;
    private static final int ROUNDS_MAX = 64;
    private static final Duration JITTER_MAX = Duration.ofMillis(16);
    private static final Duration KEYS_LIFE = Duration.ofMinutes(10);
    private static final int BATCH_MAX = 256;

    public static StrategyConfig defaults() {
        return new StrategyConfig(CONNECTIONS, BATCH_MAX, ROUNDS_MAX, JITTER_MAX, KEYS_LIFE);
    }
}
