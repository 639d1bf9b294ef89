package dev.doorbuster.racelab.strategy;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * How strategies are run.
 *
 * @param connections buyers at once, each on a connection of his own, where each counts by himself
 * @param gatheringMax buyers at once, in one transaction, where they are combined
 * @param keysLife after which what a race wrote is forgotten, should the lab not live to take it away
 */
public record StrategyConfig(int connections, int gatheringMax, Duration keysLife) {
    public static StrategyConfig fromEnv(Environment env) {
        return new StrategyConfig(
                env.integer("DOORBUSTER_RACE_LAB_CONNECTIONS", 32, 2, 256),
                env.integer("DOORBUSTER_RACE_LAB_GATHERING_MAX", 256, 2, 1024),
                env.millis(
                        "DOORBUSTER_RACE_LAB_KEYS_LIFE_MS",
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1)));
    }
}
