package dev.doorbuster.stock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.Futures;
import dev.doorbuster.counter.Orders;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.BrokerConnection;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.MemcachedStore;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole service on a real broker and real stores; the test acts as ledger and edge. */
class StockServiceIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.of(ServerKind.RABBITMQ, ServerKind.REDIS, ServerKind.MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(30);

    private static Vertx vertx;
    /** Kept, because Vert.x closes a client that is garbage-collected. */
    private static HttpClient client;

    private static StockService service;
    private static Surroundings around;

    private final SaleId sale = Orders.newSale();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        client = vertx.createHttpClient();
        around = Surroundings.start(vertx, SERVERS);
        service = Futures.await(StockService.start(
                vertx,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                patient(StockConfig.fromEnv(variables(SERVERS)))));
    }

    @AfterAll
    static void stop() {
        Futures.await(service.stop());
        around.stop();
        Futures.await(vertx.close());
    }

    /** For tests in which no call of a store is to time out. */
    static StockConfig patient(StockConfig config) {
        return Overrides.in(
                config,
                "redis.connectMax",
                "30000",
                "redis.commandMax",
                "30000",
                "memcached.connectMax",
                "30000",
                "memcached.commandMax",
                "30000",
                "decider.answerWriteMax",
                "30000");
    }

    static Map<String, String> variables(RealServers servers) {
        var variables = new HashMap<>(servers.variables());
        variables.put("DOORBUSTER_MANAGEMENT_PORT", "0");
        return variables;
    }

    @ParameterizedTest
    @EnumSource(CounterKind.class)
    void grantsAsManyAsThereAreUnitsAndAnswersTheRest(CounterKind kind) {
        // Given
        around.count(sale, new SaleCounted(1, 100, kind));
        List<OrderPlaced> crowd = new Orders(kind, 1).crowd("buyer", 1000);

        // When
        Futures.await(around.enter(sale, crowd));

        // Then
        await().atMost(SOON)
                .until(() -> around.atEdge(sale, OrderAnswered.class).size() >= 900
                        && around.atLedger(sale, OrderGranted.class).size() >= 100);
        assertThat(around.atLedger(sale, OrderGranted.class))
                .extracting(OrderGranted::orderId)
                .containsExactlyElementsOf(
                        crowd.subList(0, 100).stream().map(OrderPlaced::orderId).toList());
        assertThat(around.atLedger(sale, OrderGranted.class)).allMatch(OrderGranted::counted);
        assertThat(around.atEdge(sale, OrderAnswered.class))
                .containsExactlyElementsOf(crowd.subList(100, 1000).stream()
                        .map(each -> OrderAnswered.refused(each, RefusalReason.SOLD_OUT))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(CounterKind.class)
    void requestsARecountIfTheCounterIsMissingAndKeepsTheOrders(CounterKind kind) {
        // Given
        around.recountOf(sale, new SaleCounted(4, 5, kind));
        List<OrderPlaced> crowd = new Orders(kind, 1).crowd("buyer", 5);

        // When
        Futures.await(around.enter(sale, crowd));

        // Then
        await().atMost(SOON)
                .until(() -> around.atLedger(sale, OrderGranted.class).size() == 5);
        assertThat(around.atLedger(sale).get(0)).isEqualTo(new SaleRecount(SaleRecount.Cause.MISSING));
    }

    @ParameterizedTest
    @EnumSource(CounterKind.class)
    void decidesOtherSalesOfAPartitionWhileOneHasNoCounter(CounterKind kind) {
        // Given
        SaleId waiting = Orders.newSale();
        while (waiting.partition() != sale.partition()) {
            waiting = Orders.newSale();
        }
        List<OrderPlaced> kept = new Orders(kind, 1).crowd("patient", 3);
        for (OrderPlaced each : kept) {
            Futures.await(around.enter(waiting, List.of(each)));
        }
        around.count(sale, new SaleCounted(1, 100, kind));

        // When
        for (int wave = 1; wave <= 3; wave++) {
            Futures.await(around.enter(sale, new Orders(kind, 1).crowd("buyer-" + wave, 500)));
            int refused = wave * 500 - 100;
            await().atMost(SOON)
                    .until(() -> around.atEdge(sale, OrderAnswered.class).size() == refused
                            && around.atLedger(sale, OrderGranted.class).size() >= 100);
        }

        // Then
        assertThat(around.atLedger(sale, OrderGranted.class)).hasSize(100);
        assertThat(around.atLedger(waiting, OrderGranted.class)).isEmpty();
        around.recountOf(waiting, new SaleCounted(1, 3, kind));
        SaleId counted = waiting;
        await().atMost(SOON)
                .until(() -> around.atLedger(counted, OrderGranted.class).size() == 3);
        assertThat(around.atLedger(waiting, OrderGranted.class))
                .extracting(OrderGranted::orderId)
                .containsExactlyElementsOf(
                        kept.stream().map(OrderPlaced::orderId).toList());
    }

    @Test
    void publishesAMarkerAfterAllOrdersPlacedBefore() {
        // Given
        around.count(sale, new SaleCounted(1, 10_000, CounterKind.REDIS));
        var orders = new Orders(CounterKind.REDIS, 1);
        var marker = new SaleMarker(UUID.randomUUID(), Orders.EDGE);

        // When
        List<OrderPlaced> before = orders.crowd("before", 2000);
        Futures.await(around.enter(sale, before));
        Futures.await(around.enter(sale, List.of(marker)));
        Futures.await(around.enter(sale, orders.crowd("after", 10)));

        // Then
        await().atMost(SOON).until(() -> around.atLedger(sale).size() == 2011);
        List<Element> atLedger = around.atLedger(sale);
        assertThat(atLedger.subList(0, atLedger.indexOf(marker)))
                .filteredOn(OrderGranted.class::isInstance)
                .extracting(element -> ((OrderGranted) element).orderId())
                .containsAll(before.stream().map(OrderPlaced::orderId).toList());
    }

    @ParameterizedTest
    @EnumSource(CounterKind.class)
    void grantsABuyerAgainWhenTheClaimIsReleased(CounterKind kind) {
        // Given
        around.count(sale, new SaleCounted(1, 10, kind));
        var orders = new Orders(kind, 1);
        OrderPlaced first = orders.by("a");
        Futures.await(around.enter(sale, List.of(first)));
        await().atMost(SOON)
                .until(() -> around.atLedger(sale, OrderGranted.class).size() == 1);

        // When
        Futures.await(around.command(sale, orders.released(first)));

        // Then
        await().atMost(SOON).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            int before = around.atLedger(sale, OrderGranted.class).size();
            Futures.await(around.enter(sale, List.of(orders.by("a"))));
            await().atMost(SOON)
                    .until(() -> around.atLedger(sale, OrderGranted.class).size() > before);
            assertThat(around.atLedger(sale, OrderGranted.class).get(before).counted())
                    .isTrue();
        });
    }

    @Test
    void writesRefusalsToTheAnswerCache() {
        // Given
        around.count(sale, new SaleCounted(1, 1, CounterKind.REDIS));
        OrderPlaced refused = new Orders(CounterKind.REDIS, 2).by("a", 2);

        // When
        Futures.await(around.enter(sale, List.of(refused)));

        // Then
        await().atMost(SOON)
                .until(() -> !around.atEdge(sale, OrderAnswered.class).isEmpty());
        MemcachedStore memcached = Futures.await(MemcachedStore.start(
                vertx, patient(StockConfig.fromEnv(variables(SERVERS))).memcached()));
        assertThat(Futures.await(memcached.get(MemcachedKeys.answer(refused.orderId()))))
                .contains("not-enough-left");
        Futures.await(memcached.close());
    }

    @Test
    void deadLettersOrdersOfAnUnknownSale() {
        // Given
        around.recountOf(sale, new SaleCounted(0, 0, CounterKind.REDIS));
        OrderPlaced lost = new Orders(CounterKind.REDIS, 1).by("a");

        // When
        Futures.await(around.enter(sale, List.of(lost)));

        // Then
        await().atMost(SOON).until(() -> deadLetter().contains(lost.orderId().toString()));
        assertThat(around.atLedger(sale, OrderGranted.class)).isEmpty();
    }

    @Test
    void isReadyAndExportsItsMetrics() {
        // When
        String metrics = get("/metrics");

        // Then
        assertThat(get("/health/ready")).contains("\"UP\"");
        assertThat(metrics)
                .contains("doorbuster_stock_reservations_total")
                .contains("doorbuster_stock_refusals_total{reason=\"sold-out\"")
                .contains("doorbuster_stock_lost_rounds_total{counter=\"redis\"")
                .contains("doorbuster_stock_decision_seconds_bucket{counter=\"memcached\"")
                .contains("doorbuster_stock_batch_orders_count{counter=\"redis\"")
                .contains("doorbuster_stock_recount_requests_total")
                .contains("doorbuster_stock_answers_skipped_total");
    }

    private static String get(String path) {
        return Futures.await(client.request(HttpMethod.GET, service.managementPort(), "127.0.0.1", path)
                .compose(request -> {
                    // Set before the request is sent: later, on this thread, it could miss the body.
                    Future<Buffer> body = request.response().compose(HttpClientResponse::body);
                    Future<HttpClientResponse> unused = request.send();
                    return body;
                })
                .map(Buffer::toString));
    }

    private static String deadLetter() {
        var broker = BrokerConfig.fromEnv(new Environment(SERVERS.variables()));
        var connection = new BrokerConnection(vertx, broker, "test");
        return Futures.await(connection
                .open(() -> {})
                .compose(v -> connection.request(channel -> channel.basicGet("dead-letters", true)))
                .map(message -> message == null ? "" : new String(message.getBody(), UTF_8))
                .eventually(connection::close));
    }
}
