package dev.doorbuster.stock;

import dev.doorbuster.counter.CounterConfig;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.ManagementConfig;
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
}
