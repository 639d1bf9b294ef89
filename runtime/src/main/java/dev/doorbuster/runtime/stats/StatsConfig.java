package dev.doorbuster.runtime.stats;

import java.time.Duration;

/**
 * Settings of the stats published in Redis.
 *
 * @param interval between two writes of an instance; zero means never
 * @param life expiry of the stats after a write
 * @param instancesMax limit of instances read; if more live, reading fails
 */
public record StatsConfig(Duration interval, Duration life, int instancesMax) {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final int INSTANCES_MAX = 200;

    public static StatsConfig defaults() {
        return new StatsConfig(INTERVAL, LIFE, INSTANCES_MAX);
    }

    boolean isOff() {
        return interval.isZero();
    }
}
