package dev.doorbuster.stock;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Spreads the partitions over the instances: each instance subscribes to all partitions, but the first to subscribe receives
 * the messages; the others stand by.
 *
 * @param ordinal index of this instance, from 0
 * @param step delay between two consecutive instances
 */
public record PartitionSpread(int ordinal, int instances, Duration step) {
    private static final Duration PARTITION_SPREAD = Duration.ofSeconds(3);

    static PartitionSpread fromEnv(Environment env) {
        return new PartitionSpread(
                env.integer("DOORBUSTER_INSTANCE_ORDINAL", 0, 0, 10_000),
                env.integer("DOORBUSTER_INSTANCE_COUNT", 1, 1, 10_000),
                PARTITION_SPREAD);
    }

    /** The delay before this instance subscribes to a partition; each partition has one instance without delay. */
    Duration delay(int partition) {
        return step.multipliedBy(Math.floorMod(partition - ordinal, instances));
    }
}
