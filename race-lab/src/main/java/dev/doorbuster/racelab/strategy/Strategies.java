package dev.doorbuster.racelab.strategy;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterConfig;
import dev.doorbuster.counter.memcached.MemcachedStockCounter;
import dev.doorbuster.counter.redis.RedisStockCounter;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.MemcachedStores;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All strategies in the order of the lesson: the wrong ways first, then the mechanism of each store, individually and combined.
 *
 * @param loop the event loop of all races
 */
public record Strategies(
        Vertx vertx, Context loop, StrategyConfig config, RedisStore redis, MemcachedStores memcached) {
    /**
     * Creates all strategies.
     *
     * @param databaseMax limit of one statement
     */
    public List<RaceStrategy> all(Pool database, int databaseConnections, Duration databaseMax) {
        var all = new ArrayList<RaceStrategy>();
        List<DedicatedRedisConnection> lines =
                Stream.generate(redis::line).limit(config.connections()).toList();
        DedicatedRedisConnection client = redis.line();
        all.add(individually("get-set", RedisPurchases::getSet, lines));
        all.add(new RedisStrategy(
                "watch-elsewhere",
                (connection, key) -> RedisPurchases.watchElsewhere(client, connection, key),
                lines,
                List.of(client),
                config.keysLife()));
        all.add(individually("watch-multi", RedisPurchases::watchMulti, lines));
        all.add(combinedInRedis());
        all.add(new GetsCas(memcached, config.connections(), config.keysLife()));
        all.add(combinedInMemcached());
        all.add(individually("redis-script", RedisPurchases::script, lines));
        all.add(new SqlUpdate(database, databaseConnections, databaseMax));
        return List.copyOf(all);
    }

    private RaceStrategy individually(
            String name, RedisStrategy.Purchase purchase, List<DedicatedRedisConnection> lines) {
        return new RedisStrategy(name, purchase, lines, List.of(), config.keysLife());
    }

    private CounterConfig counters() {
        return new CounterConfig(1, config.roundsMax(), config.jitterMax(), config.keysLife(), config.keysLife());
    }

    private RaceStrategy combinedInRedis() {
        var registry = new SimpleMeterRegistry();
        var counter = new RedisStockCounter(vertx, redis, counters(), registry);
        return new Combined(
                "watch-multi-combined",
                CounterKind.REDIS,
                config.batchMax(),
                counter,
                registry,
                this::removeFromRedis,
                loop);
    }

    private RaceStrategy combinedInMemcached() {
        var registry = new SimpleMeterRegistry();
        var counter = new MemcachedStockCounter(vertx, this::server, counters(), registry);
        return new Combined(
                "gets-cas-combined",
                CounterKind.MEMCACHED,
                config.batchMax(),
                counter,
                registry,
                this::removeFromMemcached,
                loop);
    }

    private Future<Void> removeFromRedis(SaleId race, Instant begunAt) {
        return redis.send(Request.cmd(Command.UNLINK)
                        .arg(RedisKeys.counter(race))
                        .arg(RedisKeys.reservations(race))
                        .arg(RedisKeys.buyers(race))
                        .arg(RedisKeys.outcomes(race, begunAt)))
                .mapEmpty();
    }

    /** Claims and outcomes, one key each per buyer, are left to expire. */
    private Future<Void> removeFromMemcached(SaleId race, Instant begunAt) {
        return server(race).delete(MemcachedKeys.counter(race)).mapEmpty();
    }

    private MemcachedStore server(SaleId race) {
        return memcached.pinned(MemcachedKeys.counter(race));
    }

    /**
     * Settings of strategies.
     *
     * @param connections concurrent buyers, each on its own connection, if buyers act individually
     * @param batchMax concurrent buyers, in one transaction, if they are combined
     * @param roundsMax limit of conflicting transactions, as in the stock-service's counters
     * @param jitterMax longest wait before the next attempt, as there
     * @param keysLife expiry of a race's keys, in case the process dies before it deletes them
     */
    public record StrategyConfig(int connections, int batchMax, int roundsMax, Duration jitterMax, Duration keysLife) {
        private static final int CONNECTIONS = 32;
        private static final int ROUNDS_MAX = 64;
        private static final Duration JITTER_MAX = Duration.ofMillis(16);
        private static final Duration KEYS_LIFE = Duration.ofMinutes(10);
        private static final int BATCH_MAX = 256;

        public static StrategyConfig defaults() {
            return new StrategyConfig(CONNECTIONS, BATCH_MAX, ROUNDS_MAX, JITTER_MAX, KEYS_LIFE);
        }
    }
}
