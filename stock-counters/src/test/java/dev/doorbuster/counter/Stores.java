package dev.doorbuster.counter;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.RedisConfig;
import java.util.Map;

/** Default store configurations with the test's port. */
public final class Stores {
    private Stores() {}

    public static RedisConfig redis(int port) {
        return RedisConfig.fromEnv(new Environment(
                Map.of("DOORBUSTER_REDIS_HOST", "127.0.0.1", "DOORBUSTER_REDIS_PORT", Integer.toString(port))));
    }

    public static MemcachedConfig memcached(int port) {
        return MemcachedConfig.fromEnv(new Environment(
                Map.of("DOORBUSTER_MEMCACHED_HOST", "127.0.0.1", "DOORBUSTER_MEMCACHED_PORT", Integer.toString(port))));
    }

    public static CounterConfig counters() {
        return CounterConfig.fromEnv(new Environment(Map.of()));
    }
}
