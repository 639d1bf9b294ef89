package dev.doorbuster.stock;

import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.figures.FiguresConfig;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.trace.TraceConfig;
import dev.doorbuster.stock.counter.CounterConfig;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that can be set.
 *
 * @param spread where each partition is subscribed first, and how much later elsewhere
 * @param stopStepMax how long each part may take to stop
 */
public record StockConfig(
        String managementHost,
        int managementPort,
        TraceConfig trace,
        BrokerConfig broker,
        RedisConfig redis,
        MemcachedConfig memcached,
        FiguresConfig figures,
        CounterConfig counters,
        DeciderConfig decider,
        PartitionSpread spread,
        Duration stopStepMax) {
    public static StockConfig fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        var config = new StockConfig(
                env.text("DOORBUSTER_MANAGEMENT_HOST", "127.0.0.1"),
                env.integer("DOORBUSTER_MANAGEMENT_PORT", 9081, 0, 65535),
                TraceConfig.fromEnv(env, "stock-service"),
                BrokerConfig.fromEnv(env),
                RedisConfig.fromEnv(env),
                MemcachedConfig.fromEnv(env),
                FiguresConfig.fromEnv(env),
                CounterConfig.fromEnv(env),
                DeciderConfig.fromEnv(env),
                PartitionSpread.fromEnv(env),
                env.millis(
                        "DOORBUSTER_STOP_STEP_TIMEOUT_MS",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1)));
        env.check();
        return config;
    }
}
