package dev.doorbuster.stock;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.counter.memcached.MemcachedStockCounter;
import dev.doorbuster.counter.redis.RedisStockCounter;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.platform.Platform;
import dev.doorbuster.runtime.platform.Platform.Need;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Service;
import dev.doorbuster.runtime.start.ServiceMain;
import dev.doorbuster.runtime.store.MemcachedServerMetrics;
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
    private final Platform platform;

    private StockService(Vertx vertx, PrometheusMeterRegistry metrics, StockConfig config) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.config = config;
        this.platform = new Platform(NAME, vertx, metrics, config.stopStepMax());
    }

    public static void main(String[] arguments) {
        ServiceMain.run(
                "stock-service",
                (vertx, metrics, environment) -> start(vertx, metrics, StockConfig.fromEnv(environment)));
    }

    public static Future<StockService> start(Vertx vertx, PrometheusMeterRegistry metrics, StockConfig config) {
        var service = new StockService(vertx, metrics, config);
        return Platform.complete(service, service.start());
    }

    private Future<Void> start() {
        return platform.startTracing(config.trace())
                .compose(v -> platform.startManagement(config.management()))
                .compose(v -> platform.startRedis(config.redis(), Need.REQUIRED))
                .compose(v -> platform.startMemcached(config.memcached(), Need.REQUIRED))
                .compose(v -> platform.step("metrics of Memcached", this::startMemcachedMetrics, this::stop))
                .compose(v -> platform.startPublisher(config.broker(), DoorbusterTopology.durable()))
                .compose(v -> platform.step("deciders", this::startDeciders, AmqpConsumer::stop))
                .compose(v -> platform.startStats(config.stats(), SHOWN))
                .compose(v -> platform.step("warm-up", this::warmUp))
                .onSuccess(v -> platform.health().started())
                .mapEmpty();
    }

    @Override
    public Future<Void> stop() {
        return platform.stop();
    }

    public int managementPort() {
        return platform.managementPort();
    }

    private Future<MemcachedServerMetrics> startMemcachedMetrics() {
        return Future.succeededFuture(MemcachedServerMetrics.start(vertx, platform.memcached(), metrics));
    }

    private Future<Void> stop(MemcachedServerMetrics memcachedMetrics) {
        memcachedMetrics.stop();
        return Future.succeededFuture();
    }

    private Future<AmqpConsumer> startDeciders() {
        Map<CounterKind, StockCounter> counters = Map.of(
                CounterKind.REDIS, new RedisStockCounter(vertx, platform.redis(), config.counters(), metrics),
                CounterKind.MEMCACHED,
                        new MemcachedStockCounter(
                                vertx,
                                sale -> platform.memcached().pinned(MemcachedKeys.counter(sale)),
                                config.counters(),
                                metrics));
        List<Subscription> subscriptions =
                subscriptions(counters, platform.publisher().traced(platform.tracing()));
        return EventLoop.call(vertx, () -> platform.consume(NAME, config.broker(), subscriptions));
    }

    private Future<Void> warmUp() {
        platform.health().warmingUp();
        return DeciderWarmUp.run(vertx, platform.redis(), platform.memcached(), config.counters(), config.decider());
    }

    private List<Subscription> subscriptions(Map<CounterKind, StockCounter> counters, Publisher toLedger) {
        var stockMetrics = new StockMetrics(metrics);
        var onCounter = new DecideOnCounter(vertx, counters, toLedger, config.decider(), stockMetrics);
        var answers = new RefusalCache(platform.memcached().spread(), config.decider(), stockMetrics);
        var decider = new Decider(onCounter, toLedger, answers::keep, stockMetrics, platform.tracing());
        var install = new InstallRecounts(counters);
        var release = new ReleaseClaims(counters);
        var subscriptions = new ArrayList<Subscription>();
        for (int partition = 0; partition < SaleId.PARTITIONS; partition++) {
            Duration delay = config.spread().delay(partition);
            subscriptions.add(Subscription.to(DoorbusterTopology.orders(partition), delay, decider)
                    .traced(platform.tracing()));
            subscriptions.add(Subscription.to(DoorbusterTopology.counts(partition), delay, install));
            subscriptions.add(Subscription.to(DoorbusterTopology.claims(partition), delay, release));
        }
        return subscriptions;
    }
}
