package dev.doorbuster.racelab;

import dev.doorbuster.racelab.http.RaceLabRoutes;
import dev.doorbuster.racelab.race.RaceRunner;
import dev.doorbuster.racelab.strategy.RaceStrategy;
import dev.doorbuster.racelab.strategy.SqlUpdate;
import dev.doorbuster.racelab.strategy.Strategies;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.http.ManagementServer;
import dev.doorbuster.runtime.http.PublicServer;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.runtime.start.Service;
import dev.doorbuster.runtime.store.MemcachedStores;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;

/** Wires the race lab. Everything runs on one event loop, so that races need no locks. */
public final class RaceLabService implements Service {
    private final Vertx vertx;
    private final PrometheusMeterRegistry metrics;
    private final RaceLabConfig config;
    private final Health health = Health.ofStarting();
    private final Lifecycle lifecycle;
    private volatile Context loop;
    private RedisStore redis;
    private MemcachedStores memcached;
    private Pool database;
    private RaceRunner course;
    private ManagementServer management;
    private PublicServer server;

    private RaceLabService(Vertx vertx, PrometheusMeterRegistry metrics, RaceLabConfig config) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.config = config;
        this.lifecycle = new Lifecycle(vertx, config.stopStepMax());
    }

    /** If a step fails, everything already started is stopped. */
    public static Future<RaceLabService> start(Vertx vertx, PrometheusMeterRegistry metrics, RaceLabConfig config) {
        var service = new RaceLabService(vertx, metrics, config);
        return EventLoop.call(vertx, service::start)
                .recover(cause -> service.stop().transform(stopped -> Future.failedFuture(cause)));
    }

    private Future<RaceLabService> start() {
        loop = vertx.getOrCreateContext();
        return lifecycle
                .step("management port", this::startManagement, ManagementServer::stop)
                .compose(v -> lifecycle.step("redis", this::startRedis, RedisStore::close))
                .compose(v -> lifecycle.step("memcached", this::startMemcached, MemcachedStores::close))
                .compose(v -> lifecycle.step("database", this::startDatabase, Pool::close))
                .compose(v -> lifecycle.step("races", this::startCourse, RaceRunner::stop))
                .compose(v -> lifecycle.step("http server", this::startServer, PublicServer::stop))
                .onSuccess(v -> health.started())
                .map(this);
    }

    private Future<ManagementServer> startManagement() {
        return ManagementServer.start(vertx, config.management(), health, metrics)
                .onSuccess(started -> management = started);
    }

    private Future<RedisStore> startRedis() {
        redis = new RedisStore(vertx, config.redis());
        health.register("redis", redis::problem);
        return Future.succeededFuture(redis);
    }

    private Future<MemcachedStores> startMemcached() {
        return MemcachedStores.start(vertx, config.memcached()).onSuccess(started -> {
            memcached = started;
            health.register("memcached", started::problem);
        });
    }

    private Future<Pool> startDatabase() {
        database = RaceLabDatabase.pool(vertx, config.database());
        return SqlUpdate.prepare(database, config.database().answerMax())
                .map(database)
                .onFailure(cause -> database.close());
    }

    private Future<RaceRunner> startCourse() {
        List<RaceStrategy> strategies = Strategies.all(
                vertx,
                loop,
                config.strategies(),
                redis,
                memcached,
                database,
                config.database().connections(),
                config.database().answerMax());
        course = new RaceRunner(strategies, config.races(), loop);
        return Future.succeededFuture(course);
    }

    private Future<PublicServer> startServer() {
        return PublicServer.start(vertx, config.http(), new RaceLabRoutes(vertx, config.tokens(), course))
                .onSuccess(started -> server = started);
    }

    public int port() {
        return server.port();
    }

    public int managementPort() {
        return management.port();
    }

    /** May be called from any thread. */
    @Override
    public Future<Void> stop() {
        return EventLoop.on(loop, lifecycle::stop);
    }
}
