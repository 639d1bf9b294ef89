package dev.doorbuster.racelab.strategy;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * How strategies are run.
 *
 * @param connections buyers at once, each on a connection of his own, where each counts by himself
 * @param gatheringMax buyers at once, in one transaction, where they are combined
 * @param roundsMax as the stock-service's counters have it: transactions lost to others before giving up
 * @param jitterMax as they have it: longest wait before the next of these
 * @param keysLife after which what a race wrote is forgotten, should the lab not live to take it away
 */
public record StrategyConfig(int connections, int gatheringMax, int roundsMax, Duration jitterMax, Duration keysLife) {
    private static final int BATCH_MAX = 256;

    public static StrategyConfig fromEnv(Environment env) {
        return new StrategyConfig(
                env.integer("DOORBUSTER_RACE_LAB_CONNECTIONS", 32, 2, 256),
                BATCH_MAX,
                env.integer("DOORBUSTER_RACE_LAB_ROUNDS_MAX", 64, 1, 10_000),
                env.millis("DOORBUSTER_RACE_LAB_ROUND_JITTER_MS", 16, 1, 10_000),
                env.millis("DOORBUSTER_RACE_LAB_KEYS_LIFE_MS", 600_000, 60_000, 3_600_000));
    }
}
