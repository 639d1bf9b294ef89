package dev.doorbuster.runtime.platform;

import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.http.ManagementServer;
import dev.doorbuster.runtime.http.ManagementServer.ManagementConfig;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.runtime.start.Service;
import dev.doorbuster.runtime.stats.StatsConfig;
import dev.doorbuster.runtime.stats.StatsWriter;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.MemcachedStores;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.runtime.trace.TraceConfig;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The common parts of a service. Each {@code start} method is one step of its {@link Lifecycle}; the part can be read once
 * the step has completed.
 */
public final class Platform {
    /** Whether a service is ready without this store. */
    public enum Need {
        /** Not ready while the store does not answer. */
        REQUIRED,
        OPTIONAL
    }

    private final String service;
    private final Vertx vertx;
    private final PrometheusMeterRegistry metrics;
    private final Lifecycle lifecycle;
    private final Health health = Health.ofStarting();
    private Tracing tracing = Tracing.OFF;
    private ManagementServer management;
    private RedisStore redis;
    private MemcachedStores memcached;
    private AmqpPublisher publisher;

    /**
     * @param service its name on connections and in statistics
     * @param stopStepMax limit for stopping one part
     */
    public Platform(String service, Vertx vertx, PrometheusMeterRegistry metrics, Duration stopStepMax) {
        this.service = service;
        this.vertx = vertx;
        this.metrics = metrics;
        this.lifecycle = new Lifecycle(vertx, stopStepMax);
    }

    /** The service once {@code start} has completed; if that fails, everything already started is stopped. */
    public static <S extends Service> Future<S> complete(S service, Future<?> start) {
        return start.map(service).recover(cause -> service.stop().transform(stopped -> Future.failedFuture(cause)));
    }

    /** Adds a step of the service's own. */
    public <T> Future<T> step(String name, Supplier<Future<T>> start, Function<T, Future<Void>> stop) {
        return lifecycle.step(name, start, stop);
    }

    /** Adds a step with nothing to stop. */
    public <T> Future<T> step(String name, Supplier<Future<T>> start) {
        return lifecycle.step(name, start);
    }

    public Future<Void> stop() {
        return lifecycle.stop();
    }

    public Future<Tracing> startTracing(TraceConfig config) {
        return lifecycle.step(
                "tracing",
                () -> {
                    tracing = Tracing.start(config, metrics);
                    return Future.succeededFuture(tracing);
                },
                started -> started.stop(vertx));
    }

    public Future<ManagementServer> startManagement(ManagementConfig config) {
        return lifecycle.step(
                "management port",
                () -> ManagementServer.start(vertx, config, health, metrics).onSuccess(started -> management = started),
                ManagementServer::stop);
    }

    public Future<RedisStore> startRedis(RedisConfig config, Need need) {
        return lifecycle.step(
                "Redis",
                () -> {
                    redis = new RedisStore(vertx, config);
                    if (need == Need.REQUIRED) {
                        health.register("redis", redis::problem);
                    }
                    return Future.succeededFuture(redis);
                },
                RedisStore::close);
    }

    public Future<MemcachedStores> startMemcached(MemcachedConfig config, Need need) {
        return lifecycle.step(
                "Memcached",
                () -> MemcachedStores.start(vertx, config).onSuccess(started -> {
                    memcached = started;
                    if (need == Need.REQUIRED) {
                        health.register("memcached", started::problem);
                    }
                }),
                MemcachedStores::close);
    }

    /**
     * Adds the publisher, which completes once it is connected.
     *
     * @param topology declared by each connection before it publishes
     */
    public Future<AmqpPublisher> startPublisher(BrokerConfig config, Topology topology) {
        return lifecycle.step(
                "publisher",
                () -> AmqpPublisher.start(vertx, config, service, topology, health, metrics)
                        .onSuccess(started -> publisher = started),
                AmqpPublisher::stop);
    }

    /**
     * Starts a consumer on the caller's event loop; no step of the lifecycle.
     *
     * @param name of its connection
     */
    public Future<AmqpConsumer> consume(String name, BrokerConfig config, List<Subscription> subscriptions) {
        return AmqpConsumer.start(vertx, config, name, subscriptions, publisher, health, metrics);
    }

    /**
     * Adds the periodic write of statistics to Redis.
     *
     * @param shown the meters whose values are written for the console
     */
    public Future<StatsWriter> startStats(StatsConfig config, List<String> shown) {
        return lifecycle.step(
                "statistics",
                () -> Future.succeededFuture(StatsWriter.start(vertx, redis, config, metrics, service, health, shown)),
                StatsWriter::stop);
    }

    public Vertx vertx() {
        return vertx;
    }

    public PrometheusMeterRegistry metrics() {
        return metrics;
    }

    public Health health() {
        return health;
    }

    public Tracing tracing() {
        return tracing;
    }

    public int managementPort() {
        return management.port();
    }

    public RedisStore redis() {
        return redis;
    }

    public MemcachedStores memcached() {
        return memcached;
    }

    public AmqpPublisher publisher() {
        return publisher;
    }
}
