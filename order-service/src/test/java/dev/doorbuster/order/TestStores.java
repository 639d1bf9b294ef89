package dev.doorbuster.order;

import static dev.doorbuster.order.TestDatabase.await;

import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.devservices.redis.RedisServer;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Vertx;
import java.util.Map;

/** Redis and Memcached, configured as for the services. */
public record TestStores(RedisStore redis, MemcachedStore memcached) {
    public static TestStores open(Vertx vertx, RedisServer redis, MemcachedServer memcached) {
        var env = new Environment(Map.of(
                "DOORBUSTER_REDIS_HOST", redis.host(),
                "DOORBUSTER_REDIS_PORT", Integer.toString(redis.port()),
                "DOORBUSTER_MEMCACHED_HOST", memcached.host(),
                "DOORBUSTER_MEMCACHED_PORT", Integer.toString(memcached.port())));
        return new TestStores(
                new RedisStore(vertx, RedisConfig.fromEnv(env)),
                await(MemcachedStore.start(vertx, MemcachedConfig.fromEnv(env))));
    }

    public void close() {
        await(redis.close());
        await(memcached.close());
    }
}
