package dev.doorbuster.runtime.stats;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Settings of the stats published in Redis.
 *
 * @param interval between two writes of an instance; zero means never
 * @param life expiry of the stats after a write
 * @param instancesMax limit of instances read; if more live, reading fails
 */
public record StatsConfig(Duration interval, Duration life, int instancesMax) {
    public static StatsConfig fromEnv(Environment env) {
        var config = new StatsConfig(
                env.millis("DOORBUSTER_FIGURES_INTERVAL_MS", 1000, 0, 60_000),
                env.millis("DOORBUSTER_FIGURES_LIFE_MS", 5000, 100, 600_000),
                env.integer("DOORBUSTER_FIGURES_INSTANCES_MAX", 200, 1, 10_000));
        if (config.interval.compareTo(config.life) >= 0) {
            env.reject("DOORBUSTER_FIGURES_INTERVAL_MS must be less than DOORBUSTER_FIGURES_LIFE_MS,"
                    + " or the stats would be expired most of the time");
        }
        return config;
    }

    boolean isOff() {
        return interval.isZero();
    }
}
