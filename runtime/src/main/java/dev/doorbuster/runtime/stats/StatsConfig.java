package dev.doorbuster.runtime.stats;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * How the board of figures is kept.
 *
 * @param interval how often an instance writes its own; zero is never
 * @param life how long they stand after they were written
 * @param instancesMax instances read at most; where more live, their figures are missing
 */
public record StatsConfig(Duration interval, Duration life, int instancesMax) {
    public static StatsConfig fromEnv(Environment env) {
        var config = new StatsConfig(
                env.millis("DOORBUSTER_FIGURES_INTERVAL_MS", 1000, 0, 60_000),
                env.millis("DOORBUSTER_FIGURES_LIFE_MS", 5000, 100, 600_000),
                env.integer("DOORBUSTER_FIGURES_INSTANCES_MAX", 200, 1, 10_000));
        if (config.interval.compareTo(config.life) >= 0) {
            env.reject("DOORBUSTER_FIGURES_INTERVAL_MS must be less than DOORBUSTER_FIGURES_LIFE_MS,"
                    + " or figures would be gone most of the time");
        }
        return config;
    }

    boolean isOff() {
        return interval.isZero();
    }
}
