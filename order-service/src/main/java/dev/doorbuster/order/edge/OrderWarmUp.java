package dev.doorbuster.order.edge;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.http.ApiDocument;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiServer;
import dev.doorbuster.order.edge.http.connection.HttpConfig;
import dev.doorbuster.order.edge.id.OrderIds;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.placement.OrderMetrics;
import dev.doorbuster.order.edge.placement.OrderOperations;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.visit.BuyerVisits;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.runtime.trace.Tracing;
import dev.doorbuster.waitingroom.QueuePasses;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.openapi.contract.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Places orders that are confirmed, decided and answered, and orders that are refused as sold out, on an edge of its
 * own: with its own port, sale cache, pending requests, meters and broker connections.
 *
 * <p>Its two sales have random names and exist only in its sale cache. Its messages return to itself by {@link
 * WarmUpBroker}, on a queue that ends with its connection, so no other part of the system can receive them. A
 * failure never keeps the service from becoming ready. To be used on one event loop only.
 */
public final class OrderWarmUp {
    private static final int CREATED = 201;
    private static final int SOLD_OUT = 409;
    private static final int STOCK = 1_000_000;
    private static final Duration STOP_STEP_MAX = Duration.ofSeconds(1);
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final EdgeConfig config;
    private final ApiDocument document;
    private final Lifecycle lifecycle;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final SaleView open;
    private final SaleView soldOut;
    private final Tokens tokens;
    private final SaleCache saleCache;

    private OrderWarmUp(Vertx vertx, EdgeConfig config, ApiDocument document) {
        this.vertx = vertx;
        this.config = config;
        this.document = document;
        this.lifecycle = new Lifecycle(vertx, STOP_STEP_MAX);
        var random = new SplittableRandom();
        this.open = sale(SaleId.random(random), SaleState.OPEN, 0);
        this.soldOut = sale(SaleId.random(random), SaleState.SOLD_OUT, STOCK);
        this.tokens = new Tokens(vertx, config.auth(), Clock.systemUTC());
        this.saleCache = new SaleCache(
                vertx,
                config.saleCache(),
                System::nanoTime,
                () -> Future.succeededFuture(List.of(open, soldOut)),
                id -> Future.succeededFuture(Optional.empty()));
    }

    /**
     * Never fails: completes when all requests were answered, on the first unexpected answer, or after the time
     * limit.
     */
    public static Future<Void> run(Vertx vertx, EdgeConfig config, ApiDocument document, BrokerConfig broker) {
        return config.warmUp().buyers() == 0
                ? Future.succeededFuture()
                : EventLoop.call(vertx, () -> new OrderWarmUp(vertx, config, document).run(broker));
    }

    private Future<Void> run(BrokerConfig broker) {
        return new WarmUpBuyers(vertx, "orders", config.warmUp(), config.http().connectionsMax(), started(broker))
                .run()
                .transform(done -> lifecycle.stop());
    }

    /** Waits for the start, within the time limit of all buyers. */
    private Function<String, Future<Void>> started(BrokerConfig broker) {
        var loop = new WarmUpBroker(vertx, open);
        var orders = orders(loop);
        Future<WarmUpClient> client = lifecycle
                .step("the broker", () -> loop.start(broker, meters, orders::answered), WarmUpBroker::stop)
                .compose(v ->
                        lifecycle.step("the sale cache", () -> saleCache.start().map(saleCache), SaleCache::stop))
                .compose(v -> lifecycle.step("the port", () -> startServer(orders), ApiServer::stop))
                .compose(server -> lifecycle.step(
                        "the client",
                        () -> Future.succeededFuture(new WarmUpClient(vertx, LOOPBACK, server.port())),
                        WarmUpClient::close));
        return buyer -> client.compose(started -> serve(started, buyer));
    }

    /** Places one order that is granted, and one that the gate refuses. */
    private Future<Void> serve(WarmUpClient client, String buyer) {
        String caller = "Authorization: Bearer " + tokens.mint(buyer, EnumSet.of(Role.BUYER));
        return client.ask(CREATED, order(open), WarmUpClient.ORDER, caller, "Idempotency-Key: " + buyer)
                .compose(taken -> client.ask(SOLD_OUT, order(soldOut), WarmUpClient.ORDER, caller));
    }

    private static String order(SaleView sale) {
        return "POST /api/sales/" + sale.saleId() + "/orders";
    }

    private OrderOperations orders(WarmUpBroker broker) {
        return new OrderOperations(
                vertx,
                Clock.systemUTC(),
                System::nanoTime,
                config.placement(),
                config.saleCache(),
                saleCache,
                new BuyerVisits(vertx, broker),
                tokens,
                new OrderIds(config.orderIdSecret()),
                new OrderLookups(vertx, config.placement(), ids -> Future.succeededFuture(Map.of())),
                broker,
                broker::edgeId,
                (sale, numbers) -> Future.succeededFuture(List.of()),
                sale -> Future.succeededFuture(false),
                new QueuePasses(config.auth().tokens().secret()),
                new OrderMetrics(meters, 0),
                Tracing.OFF);
    }

    private Future<ApiServer> startServer(OrderOperations orders) {
        Map<String, ApiOperation> operations = document.contract().operations().stream()
                .collect(Collectors.toMap(Operation::getOperationId, operation -> orders.placeOrder()));
        return ApiServer.start(
                vertx,
                own(config.http()),
                config.placement().retryAfterSeconds(),
                document,
                tokens,
                operations,
                pages -> {},
                orders.gate(),
                orders.fastPath(),
                meters,
                Tracing.OFF,
                null);
    }

    /** The same limits, on any free loopback port. */
    private static HttpConfig own(HttpConfig http) {
        return new HttpConfig(
                LOOPBACK,
                0,
                1,
                http.connectionsMax(),
                http.firstRequestMax(),
                http.keepAliveMax(),
                http.bodyMax(),
                http.lingerMax(),
                http.stopQuiet(),
                http.proxies(),
                http.corsOrigins());
    }

    private static SaleView sale(SaleId id, SaleState state, long sold) {
        Instant now = Instant.now();
        return new SaleView(
                id, "warm-up", 100, "EUR", STOCK, sold, 1, now, null, 60, CounterKind.REDIS, state, 1, null, null);
    }
}
