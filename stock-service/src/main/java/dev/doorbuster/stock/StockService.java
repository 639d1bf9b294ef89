package dev.doorbuster.stock;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.runtime.amqp.AmqpConsumer;
import dev.doorbuster.runtime.amqp.AmqpPublisher;
import dev.doorbuster.runtime.amqp.Publisher;
import dev.doorbuster.runtime.amqp.Subscription;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.http.ManagementServer;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.runtime.start.Service;
import dev.doorbuster.runtime.stats.StatsWriter;
import dev.doorbuster.runtime.store.MemcachedServerMetrics;
import dev.doorbuster.runtime.store.MemcachedStores;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.runtime.trace.Tracing;
import dev.doorbuster.stock.counter.MemcachedStockCounter;
import dev.doorbuster.stock.counter.RedisStockCounter;
import dev.doorbuster.stock.counter.StockCounter;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts stores, broker connections, and a decider for each partition. */
public final class StockService implements Service {
    private static final String NAME = "stock-service";
    /** Metrics shown on the console. */
    private static final List<String> SHOWN =
            List.of("doorbuster.stock.reservations", "doorbuster.stock.refusals", "doorbuster.stock.lost.rounds");

    private final Vertx vertx;
    private final PrometheusMeterRegistry metrics;
    private final StockConfig config;
    private final Lifecycle lifecycle;
    private final Health health = Health.ofStarting();
    private Tracing tracing = Tracing.OFF;
    private RedisStore redis;
    private MemcachedStores memcached;
    private AmqpPublisher publisher;
    private ManagementServer management;

    private StockService(Vertx vertx, PrometheusMeterRegistry metrics, StockConfig config) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.config = config;
        this.lifecycle = new Lifecycle(vertx, config.stopStepMax());
    }

    public static Future<StockService> start(Vertx vertx, PrometheusMeterRegistry metrics, StockConfig config) {
        var service = new StockService(vertx, metrics, config);
        return service.start()
                .map(service)
                .recover(cause -> service.stop().transform(stopped -> Future.failedFuture(cause)));
    }

    private Future<Void> start() {
        return lifecycle
                .step("tracing", this::startTracing, started -> started.stop(vertx))
                .compose(v -> lifecycle.step("the management port", this::startManagement, ManagementServer::stop))
                .compose(v -> lifecycle.step("Redis", this::startRedis, RedisStore::close))
                .compose(v -> lifecycle.step("Memcached", this::startMemcached, MemcachedStores::close))
                .compose(v -> lifecycle.step("the metrics of Memcached", this::startFigures, this::stopFigures))
                .compose(v -> lifecycle.step("the publisher", this::startPublisher, AmqpPublisher::stop))
                .compose(v -> lifecycle.step("the deciders", this::startConsumer, AmqpConsumer::stop))
                .compose(v -> lifecycle.step("the stats", this::startBoard, StatsWriter::stop))
                .compose(v -> lifecycle.step("the warm-up", this::warmUp))
                .onSuccess(v -> health.started())
                .mapEmpty();
    }

    @Override
    public Future<Void> stop() {
        return lifecycle.stop();
    }

    public int managementPort() {
        return management.port();
    }

    private Future<Tracing> startTracing() {
        tracing = Tracing.start(config.trace(), metrics);
        return Future.succeededFuture(tracing);
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

    private Future<MemcachedServerMetrics> startFigures() {
        return Future.succeededFuture(MemcachedServerMetrics.start(vertx, memcached, metrics));
    }

    private Future<Void> stopFigures(MemcachedServerMetrics figures) {
        figures.stop();
        return Future.succeededFuture();
    }

    private Future<AmqpPublisher> startPublisher() {
        return AmqpPublisher.start(vertx, config.broker(), NAME, DoorbusterTopology.durable(), health, metrics)
                .onSuccess(started -> publisher = started);
    }

    private Future<AmqpConsumer> startConsumer() {
        Map<CounterKind, StockCounter> counters = Map.of(
                CounterKind.REDIS, new RedisStockCounter(vertx, redis, config.counters(), metrics),
                CounterKind.MEMCACHED,
                        new MemcachedStockCounter(
                                vertx,
                                sale -> memcached.pinned(MemcachedKeys.counter(sale)),
                                config.counters(),
                                metrics));
        List<Subscription> subscriptions = subscriptions(counters, publisher.traced(tracing));
        return EventLoop.call(
                vertx,
                () -> AmqpConsumer.start(vertx, config.broker(), NAME, subscriptions, publisher, health, metrics));
    }

    private Future<Void> warmUp() {
        health.warmingUp();
        return DeciderWarmUp.run(vertx, redis, memcached, config.counters(), config.decider());
    }

    private Future<StatsWriter> startBoard() {
        return Future.succeededFuture(StatsWriter.start(vertx, redis, config.figures(), metrics, NAME, SHOWN));
    }

    private List<Subscription> subscriptions(Map<CounterKind, StockCounter> counters, Publisher toLedger) {
        var stockMetrics = new StockMetrics(metrics);
        var patient = new MissingCounters(vertx, counters, toLedger, config.decider(), stockMetrics);
        var answers = new RefusalCache(memcached.spread(), config.decider(), stockMetrics);
        var decider = new Decider(patient, toLedger, answers::keep, stockMetrics, tracing);
        var install = new InstallRecounts(counters);
        var release = new ReleaseClaims(counters);
        var subscriptions = new ArrayList<Subscription>();
        for (int partition = 0; partition < SaleId.PARTITIONS; partition++) {
            Duration delay = config.spread().delay(partition);
            subscriptions.add(Subscription.to(DoorbusterTopology.orders(partition), delay, decider)
                    .traced(tracing));
            subscriptions.add(Subscription.to(DoorbusterTopology.counts(partition), delay, install));
            subscriptions.add(Subscription.to(DoorbusterTopology.claims(partition), delay, release));
        }
        return subscriptions;
    }
}
