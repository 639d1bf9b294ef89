package dev.doorbuster.order;

import static dev.doorbuster.order.TestDatabase.await;

import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Vertx;

/** Redis and Memcached, configured as for the services. */
public record TestStores(RedisStore redis, MemcachedStore memcached) {
    public static TestStores open(Vertx vertx, RealServers servers) {
        var env = new Environment(servers.variables());
        return new TestStores(
                new RedisStore(vertx, RedisConfig.fromEnv(env)),
                await(MemcachedStore.start(vertx, MemcachedConfig.fromEnv(env))));
    }

    public void close() {
        await(redis.close());
        await(memcached.close());
    }
}
