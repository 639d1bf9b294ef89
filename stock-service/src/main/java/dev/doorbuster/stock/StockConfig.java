package dev.doorbuster.stock;

import dev.doorbuster.counter.CounterConfig;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.ManagementServer.ManagementConfig;
import dev.doorbuster.runtime.stats.StatsConfig;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.trace.TraceConfig;
import java.time.Duration;
import java.util.Map;

/**
 * The service's configuration.
 *
 * @param spread delays of the subscriptions to each partition
 * @param stopStepMax limit for stopping one part
 */
public record StockConfig(
        ManagementConfig management,
        TraceConfig trace,
        BrokerConfig broker,
        RedisConfig redis,
        MemcachedConfig memcached,
        StatsConfig stats,
        CounterConfig counters,
        DeciderConfig decider,
        PartitionSpread spread,
        Duration stopStepMax) {
    private static final Duration STOP_STEP_MAX = Duration.ofSeconds(5);

    public static StockConfig fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        var config = new StockConfig(
                ManagementConfig.fromEnv(env, 9081),
                TraceConfig.fromEnv(env, "stock-service"),
                BrokerConfig.fromEnv(env),
                RedisConfig.fromEnv(env),
                MemcachedConfig.fromEnv(env),
                StatsConfig.defaults(),
                CounterConfig.fromEnv(env),
                DeciderConfig.defaults(),
                PartitionSpread.fromEnv(env),
                STOP_STEP_MAX);
        env.check();
        return config;
    }

    /**
     * Spreads the partitions over the instances: each instance subscribes to all partitions, but the first to subscribe receives
     * the messages; the others stand by.
     *
     * @param ordinal index of this instance, from 0
     * @param step delay between two consecutive instances
     */
    record PartitionSpread(int ordinal, int instances, Duration step) {
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

    /**
     * Waits and limits of the decider.
     *
     * @param recountInterval wait between two recount requests while a counter is missing
     * @param missingPoll wait between two reads of a missing counter
     * @param missingMax longest wait in one attempt; the orders are kept and retried
     * @param answerKept expiry of a refusal in the answer cache
     * @param answerWriteMax longest write to the answer cache
     */
    record DeciderConfig(
            Duration recountInterval,
            Duration missingPoll,
            Duration missingMax,
            Duration answerKept,
            Duration answerWriteMax) {
        private static final Duration RECOUNT_INTERVAL = Duration.ofSeconds(1);
        private static final Duration MISSING_POLL = Duration.ofMillis(20);
        private static final Duration MISSING_MAX = Duration.ofSeconds(5);
        private static final Duration ANSWER_KEPT = Duration.ofHours(1);
        private static final Duration ANSWER_WRITE_TIMEOUT = Duration.ofMillis(250);

        static DeciderConfig defaults() {
            return new DeciderConfig(RECOUNT_INTERVAL, MISSING_POLL, MISSING_MAX, ANSWER_KEPT, ANSWER_WRITE_TIMEOUT);
        }
    }
}
