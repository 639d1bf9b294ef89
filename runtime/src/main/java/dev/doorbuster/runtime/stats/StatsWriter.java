package dev.doorbuster.runtime.stats;

import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.start.OneShotTimer;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the stats and the state of one instance to Redis, one write at a time, and deletes them at stop. Each write replaces all stats of
 * this instance and removes the names of instances that stopped writing long ago.
 */
public final class StatsWriter {
    /** Names of instances are kept this many times longer than their stats, because the clocks of machines differ. */
    static final int FORGOTTEN_AFTER_LIVES = 12;

    static final String SERVICE = "service";
    static final String VERSION = "version";
    static final String STARTED_AT = "startedAt";
    /** Prefix of the part's name. */
    static final String PROBLEM = "problem:";

    private static final Logger LOG = LoggerFactory.getLogger(StatsWriter.class);

    private final DedicatedRedisConnection redis;
    private final StatsConfig config;
    private final MeterRegistry registry;
    private final List<String> meters;
    private final String service;
    private final Health health;
    private final String instance;
    private final long startedAt = System.currentTimeMillis();
    private final Clock clock = Clock.systemUTC();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final OneShotTimer oneShotTimer;

    private StatsWriter(
            Vertx vertx,
            DedicatedRedisConnection redis,
            StatsConfig config,
            MeterRegistry registry,
            String service,
            Health health,
            List<String> meters) {
        this.oneShotTimer = new OneShotTimer(vertx);
        this.redis = redis;
        this.config = config;
        this.registry = registry;
        this.meters = meters;
        this.service = service;
        this.health = health;
        this.instance = service + "-" + UUID.randomUUID();
    }

    /**
     * Starts publishing at once.
     *
     * @param meters names of the published meters
     */
    public static StatsWriter start(
            Vertx vertx,
            RedisStore redis,
            StatsConfig config,
            MeterRegistry registry,
            String service,
            Health health,
            List<String> meters) {
        var writer = new StatsWriter(vertx, redis.line(), config, registry, service, health, meters);
        if (!config.isOff()) {
            writer.oneShotTimer.atOnceAndEvery(config.interval(), writer::write);
        }
        return writer;
    }

    /** Deletes the stats if Redis answers; otherwise they expire. */
    public Future<Void> stop() {
        if (config.isOff()) {
            redis.close();
            return Future.succeededFuture();
        }
        oneShotTimer.cancel();
        return redis.batch(List.of(
                        Request.cmd(Command.ZREM, StatsKeys.INSTANCES, instance),
                        Request.cmd(Command.DEL, StatsKeys.instance(instance), StatsKeys.state(instance))))
                .onFailure(cause -> LOG.debug("cannot delete the stats, which will expire: {}", cause.getMessage()))
                .transform(done -> {
                    redis.close();
                    return Future.succeededFuture();
                });
    }

    private void write() {
        if (!writing.compareAndSet(false, true)) {
            return;
        }
        redis.batch(commands())
                .onFailure(cause -> LOG.debug("cannot publish the stats: {}", cause.getMessage()))
                .onComplete(done -> writing.set(false));
    }

    private List<Request> commands() {
        String key = StatsKeys.instance(instance);
        Request values = Request.cmd(Command.HSET).arg(key).arg(SERVICE).arg(service);
        MeterSnapshot.of(registry, meters)
                .forEach((name, value) -> values.arg(name).arg(Double.toString(value)));
        String stateKey = StatsKeys.state(instance);
        // of the release's jar; null for classes that are in none
        String version = StatsWriter.class.getPackage().getImplementationVersion();
        Request state = Request.cmd(Command.HSET)
                .arg(stateKey)
                .arg(VERSION)
                .arg(Objects.requireNonNullElse(version, ""))
                .arg(STARTED_AT)
                .arg(startedAt);
        health.problems().forEach((part, problem) -> state.arg(PROBLEM + part).arg(problem));
        long now = clock.millis();
        long forgotten = now - config.life().toMillis() * FORGOTTEN_AFTER_LIVES;
        return List.of(
                Request.cmd(Command.MULTI),
                Request.cmd(Command.DEL, key, stateKey),
                values,
                state,
                Request.cmd(Command.PEXPIRE, key, config.life().toMillis()),
                Request.cmd(Command.PEXPIRE, stateKey, config.life().toMillis()),
                Request.cmd(Command.ZADD, StatsKeys.INSTANCES, now, instance),
                Request.cmd(Command.ZREMRANGEBYSCORE, StatsKeys.INSTANCES, "-inf", forgotten),
                Request.cmd(Command.EXEC));
    }
}
