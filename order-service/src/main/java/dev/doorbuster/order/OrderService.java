package dev.doorbuster.order;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.Migrations;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.edge.Dependencies;
import dev.doorbuster.order.edge.Edge;
import dev.doorbuster.order.edge.EdgeConfig;
import dev.doorbuster.order.edge.OrderWarmUp;
import dev.doorbuster.order.edge.WarmUp;
import dev.doorbuster.order.edge.http.ApiDocument;
import dev.doorbuster.order.edge.pages.WebRoot;
import dev.doorbuster.order.ledger.LedgerRole;
import dev.doorbuster.order.ledger.LedgerWarmUp;
import dev.doorbuster.order.ledger.RaffleEntries;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.WholeSaleReader;
import dev.doorbuster.runtime.platform.Platform;
import dev.doorbuster.runtime.platform.Platform.Need;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Service;
import dev.doorbuster.runtime.start.ServiceMain;
import dev.doorbuster.runtime.stats.StatsReader;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Wires the service: stores, broker and, depending on its roles, edges and ledger. */
public final class OrderService implements Service {
    private static final String NAME = "order-service";

    /** Time limit of each step of stopping. */
    private static final Duration STOP_STEP_MAX = Duration.ofSeconds(7);
    /** Instance information shown to operators. */
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
    private final Platform platform;
    private final List<Edge> edges = new ArrayList<>();
    private Pool pool;
    private WholeSaleReader wholeSales;
    private Catalogue catalogue;
    private ApiDocument document;
    private WebRoot pages;

    private OrderService(Vertx vertx, PrometheusMeterRegistry metrics, OrderConfig config) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.config = config;
        this.platform = new Platform(NAME, vertx, metrics, STOP_STEP_MAX);
    }

    public static void main(String[] arguments) {
        ServiceMain.run(
                "order-service",
                (vertx, metrics, environment) -> start(vertx, metrics, OrderConfig.fromEnv(environment)));
    }

    public static Future<OrderService> start(Vertx vertx, PrometheusMeterRegistry metrics, OrderConfig config) {
        var service = new OrderService(vertx, metrics, config);
        return Platform.complete(service, service.start());
    }

    private Future<Void> start() {
        return platform.startTracing(config.trace())
                .compose(v -> platform.startManagement(config.management()))
                .compose(v -> platform.step("database", this::startDatabase, Pool::close))
                .compose(v -> platform.step("database for whole sales", this::startWholeSales, Pool::close))
                .compose(v -> Future.all(startServers(), platform.step("schema", this::migrate), readForEdges()))
                .compose(v -> startLedger())
                .compose(v -> startEdges())
                .compose(v -> platform.startStats(config.stats(), SHOWN))
                .compose(v -> platform.step("warm-up", this::warmUp))
                .onSuccess(v -> platform.health().started())
                .mapEmpty();
    }

    /**
     * Starts CPU-bound work (parsing documents, mapping entities) while connections to other processes are
     * established.
     */
    private Future<Void> startServers() {
        return Future.all(
                        platform.startRedis(config.redis(), Need.OPTIONAL),
                        platform.startMemcached(config.memcached(), Need.OPTIONAL),
                        platform.startPublisher(config.broker(), DoorbusterTopology.durable()))
                .mapEmpty();
    }

    /** Read once for all edges; independent of the schema. */
    private Future<Void> readForEdges() {
        return config.edge()
                .<Future<Void>>map(edge -> Future.all(
                                platform.step("catalogue", this::startCatalogue, Catalogue::close),
                                platform.step("OpenAPI document", this::readDocument),
                                platform.step("pages", this::readPages))
                        .mapEmpty())
                .orElseGet(Future::succeededFuture);
    }

    @Override
    public Future<Void> stop() {
        return platform.stop();
    }

    /** Port of the API; the service must be an edge. */
    public int port() {
        return edges.get(0).port();
    }

    private Future<Void> migrate() {
        return config.migration()
                .map(migration -> Migrations.apply(vertx, migration))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Pool> startDatabase() {
        pool = OrderDatabase.pool(vertx, config.database(), NAME);
        return Future.succeededFuture(pool);
    }

    private Future<Pool> startWholeSales() {
        DatabaseConfig patient = config.database().forWholeSales();
        Pool connections = OrderDatabase.pool(vertx, patient, NAME + " whole sales");
        wholeSales = new WholeSaleReader(new Statements(connections, patient));
        return Future.succeededFuture(connections);
    }

    private CounterReader counters() {
        return new CounterReader(platform.redis(), sale -> platform.memcached().pinned(MemcachedKeys.counter(sale)));
    }

    private Future<Void> startLedger() {
        if (!config.roles().contains(OrderConfig.Role.LEDGER)) {
            return Future.succeededFuture();
        }
        return LedgerRole.start(
                platform,
                new LedgerRole.Settings(
                        config.broker(), config.database(), config.jobs(), config.sweep(), config.deadLetterRetry()),
                pool,
                wholeSales,
                counters());
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

    /** Warm-ups run in parallel, as real load does; none can fail, and each has a time limit. */
    private Future<Void> warmUp() {
        platform.health().warmingUp();
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
        return Catalogue.open(vertx, pool, config.catalogue()).onSuccess(opened -> catalogue = opened);
    }

    private Future<Void> startEdge(EdgeConfig edge, int number) {
        var statements = new Statements(pool, config.database());
        var dependencies = new Dependencies(
                new LedgerReader(statements),
                wholeSales,
                catalogue,
                statements,
                new RaffleEntries(pool, config.database()),
                counters(),
                platform.memcached().spread(),
                new StatsReader(platform.redis(), config.stats()),
                platform.publisher(),
                config.broker(),
                platform.tracing());
        return platform.step(
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
                                        STOP_STEP_MAX,
                                        platform.health(),
                                        metrics)),
                        Edge::stop)
                .onSuccess(edges::add)
                .mapEmpty();
    }
}
