package dev.doorbuster.order;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.counter.RefusalCacheReader;
import dev.doorbuster.order.edge.Dependencies;
import dev.doorbuster.order.edge.Edge;
import dev.doorbuster.order.edge.EdgeConfig;
import dev.doorbuster.order.edge.OrderWarmUp;
import dev.doorbuster.order.edge.WarmUp;
import dev.doorbuster.order.edge.http.ApiDocument;
import dev.doorbuster.order.edge.pages.WebRoot;
import dev.doorbuster.order.ledger.Database;
import dev.doorbuster.order.ledger.LedgerReader;
import dev.doorbuster.order.ledger.LedgerRole;
import dev.doorbuster.order.ledger.LedgerWarmUp;
import dev.doorbuster.order.ledger.Migrations;
import dev.doorbuster.runtime.amqp.AmqpPublisher;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.http.ManagementServer;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.runtime.start.Service;
import dev.doorbuster.runtime.stats.StatsReader;
import dev.doorbuster.runtime.stats.StatsWriter;
import dev.doorbuster.runtime.store.MemcachedStores;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;

/** The whole service: the stores, the broker, and, by its roles, edges and the ledger. */
public final class OrderService implements Service {
    private static final String NAME = "order-service";
    /** What an operator is shown. */
    private static final List<String> SHOWN = List.of(
            "doorbuster.orders",
            "doorbuster.order",
            "doorbuster.gate.refusals",
            "doorbuster.held.requests",
            "doorbuster.ledger.orders",
            "doorbuster.sale.stock",
            "doorbuster.sale.sold",
            "doorbuster.sale.held",
            "doorbuster.sale.paid",
            "doorbuster.sale.available",
            "doorbuster.sale.drift",
            "doorbuster.sale.oversold");

    private final Vertx vertx;
    private final PrometheusMeterRegistry metrics;
    private final OrderConfig config;
    private final Lifecycle lifecycle;
    private final Health health = Health.ofStarting();
    private final List<Edge> edges = new ArrayList<>();
    private Tracing tracing = Tracing.OFF;
    private ManagementServer management;
    private Pool pool;
    private Catalogue catalogue;
    private ApiDocument document;
    private WebRoot pages;
    private RedisStore redis;
    private MemcachedStores memcached;
    private AmqpPublisher publisher;

    private OrderService(Vertx vertx, PrometheusMeterRegistry metrics, OrderConfig config) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.config = config;
        this.lifecycle = new Lifecycle(vertx, config.stopStepMax());
    }

    public static Future<OrderService> start(Vertx vertx, PrometheusMeterRegistry metrics, OrderConfig config) {
        var service = new OrderService(vertx, metrics, config);
        return service.start()
                .map(service)
                .recover(cause -> service.stop().transform(stopped -> Future.failedFuture(cause)));
    }

    private Future<Void> start() {
        return lifecycle
                .step("tracing", this::startTracing, started -> started.stop(vertx))
                .compose(v -> lifecycle.step("the management port", this::startManagement, ManagementServer::stop))
                .compose(v -> lifecycle.step("the database", this::startDatabase, Pool::close))
                .compose(v -> Future.all(startServers(), lifecycle.step("the schema", this::migrate), readForEdges()))
                .compose(v -> startLedger())
                .compose(v -> startEdges())
                .compose(v -> lifecycle.step("the board of figures", this::startBoard, StatsWriter::stop))
                .compose(v -> lifecycle.step("the warm-up", this::warmUp))
                .onSuccess(v -> health.started())
                .mapEmpty();
    }

    /** Waits for other processes, while this one's processors read documents and map entities. */
    private Future<Void> startServers() {
        return Future.all(
                        lifecycle.step("Redis", this::startRedis, RedisStore::close),
                        lifecycle.step("Memcached", this::startMemcached, MemcachedStores::close),
                        lifecycle.step("the publisher", this::startPublisher, AmqpPublisher::stop))
                .mapEmpty();
    }

    /** Read once for all edges; none of it needs the schema. */
    private Future<Void> readForEdges() {
        return config.edge()
                .<Future<Void>>map(edge -> Future.all(
                                lifecycle.step("the catalogue", this::startCatalogue, Catalogue::close),
                                lifecycle.step("the OpenAPI document", this::readDocument),
                                lifecycle.step("the pages", this::readPages))
                        .mapEmpty())
                .orElseGet(Future::succeededFuture);
    }

    @Override
    public Future<Void> stop() {
        return lifecycle.stop();
    }

    /** Of the API; the service must be an edge. */
    public int port() {
        return edges.get(0).port();
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

    private Future<Void> migrate() {
        return config.migration()
                .map(migration -> Migrations.apply(vertx, migration))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Pool> startDatabase() {
        pool = Database.pool(vertx, config.database(), NAME);
        return Future.succeededFuture(pool);
    }

    private Future<RedisStore> startRedis() {
        redis = new RedisStore(vertx, config.redis());
        return Future.succeededFuture(redis);
    }

    private Future<MemcachedStores> startMemcached() {
        return MemcachedStores.start(vertx, config.memcached()).onSuccess(started -> memcached = started);
    }

    private CounterReader counters() {
        return new CounterReader(redis, sale -> memcached.pinned(MemcachedKeys.counter(sale)));
    }

    private Future<AmqpPublisher> startPublisher() {
        return AmqpPublisher.start(vertx, config.broker(), NAME, DoorbusterTopology.durable(), health, metrics)
                .onSuccess(started -> publisher = started);
    }

    private Future<Void> startLedger() {
        if (!config.roles().contains(OrderConfig.Role.LEDGER)) {
            return Future.succeededFuture();
        }
        return LedgerRole.start(
                lifecycle,
                new LedgerRole.Behind(
                        vertx,
                        pool,
                        config.database(),
                        config.jobs(),
                        config.sweep(),
                        config.secondChance(),
                        counters(),
                        publisher,
                        config.broker(),
                        health,
                        metrics,
                        tracing));
    }

    private Future<Void> startEdges() {
        return config.edge().map(this::startEdges).orElseGet(Future::succeededFuture);
    }

    private Future<Void> startEdges(EdgeConfig edge) {
        Future<Void> started = Future.succeededFuture();
        for (int number = 0; number < edge.http().edges(); number++) {
            int n = number;
            started = started.compose(v -> startEdge(edge, n));
        }
        return started;
    }

    private Future<ApiDocument> readDocument() {
        return EventLoop.callOnWorker(vertx, () -> ApiDocument.load(vertx)).onSuccess(read -> document = read);
    }

    private Future<WebRoot> readPages() {
        return WebRoot.load(vertx).onSuccess(read -> pages = read);
    }

    private Future<StatsWriter> startBoard() {
        return Future.succeededFuture(StatsWriter.start(vertx, redis, config.figures(), metrics, NAME, SHOWN));
    }

    /** Side by side, as a crowd would have it; none of them fails, and each has a limit. */
    private Future<Void> warmUp() {
        health.warmingUp();
        var parts = new ArrayList<Future<Void>>();
        config.edge().ifPresent(edge -> {
            parts.add(WarmUp.run(vertx, edge, port()));
            parts.add(OrderWarmUp.run(vertx, edge, document, config.broker()));
        });
        if (config.roles().contains(OrderConfig.Role.LEDGER)) {
            int batches = config.warmUp().buyers();
            parts.add(LedgerWarmUp.run(
                    vertx, pool, config.database(), batches, config.warmUp().max()));
        }
        return Future.join(parts).mapEmpty();
    }

    private Future<Catalogue> startCatalogue() {
        return Catalogue.open(vertx, pool, config.catalogue(), metrics).onSuccess(opened -> catalogue = opened);
    }

    private Future<Void> startEdge(EdgeConfig edge, int number) {
        var dependencies = new Dependencies(
                new LedgerReader(pool, config.database()),
                catalogue,
                counters(),
                new RefusalCacheReader(memcached.spread()),
                new StatsReader(redis, config.figures()),
                publisher,
                config.broker(),
                tracing);
        return lifecycle
                .step(
                        "edge " + number,
                        () -> EventLoop.call(
                                vertx,
                                () -> Edge.start(
                                        vertx,
                                        edge,
                                        dependencies,
                                        document,
                                        pages,
                                        number,
                                        config.stopStepMax(),
                                        health,
                                        metrics)),
                        Edge::stop)
                .onSuccess(edges::add)
                .mapEmpty();
    }
}
