package dev.doorbuster.stock;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Spreads the partitions over the instances: all subscribe to all, but the first to subscribe is the one that gets the
 * messages, and the others stand by.
 *
 * @param ordinal which of the instances this one is, from 0
 * @param step how much later the next in turn subscribes
 */
public record PartitionSpread(int ordinal, int instances, Duration step) {
    private static final Duration PARTITION_SPREAD = Duration.ofSeconds(3);

    static PartitionSpread fromEnv(Environment env) {
        return new PartitionSpread(
                env.integer("DOORBUSTER_INSTANCE_ORDINAL", 0, 0, 10_000),
                env.integer("DOORBUSTER_INSTANCE_COUNT", 1, 1, 10_000),
                PARTITION_SPREAD);
    }

    /** How much later than at once this instance subscribes to a partition; each partition is somebody's first. */
    Duration delay(int partition) {
        return step.multipliedBy(Math.floorMod(partition - ordinal, instances));
    }
}
