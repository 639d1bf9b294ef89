package dev.doorbuster.systemtests;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.notifier.NotifierConfig;
import dev.doorbuster.notifier.NotifierService;
import dev.doorbuster.systemtests.MetricsPage.Metric;
import dev.doorbuster.systemtests.SmallSystem.Answer;
import dev.doorbuster.systemtests.SpanCollector.Collected;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One buyer's request results in one trace, from HTTP to commit, answer and notification. */
class TracesIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(60);
    /** The services' clocks differ. */
    private static final long CLOCKS_APART_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final List<String> PLACING = List.of(
            "POST /api/sales/{saleId}/orders @ order-service",
            "  send order.placed @ order-service",
            "    process order.placed @ stock-service",
            "      count orders @ stock-service",
            "      send order.granted @ stock-service",
            "        process order.granted @ order-service",
            "          commit @ order-service",
            "          send order.answered @ order-service",
            "            process order.answered @ order-service",
            "          send order.confirmed @ order-service",
            "            process order.confirmed @ notifier",
            "              tell buyer @ notifier");
    private static final List<String> PAYING = List.of(
            "POST /api/orders/{orderId}/payment @ order-service",
            "  send order.payment @ order-service",
            "    process order.payment @ order-service",
            "      commit @ order-service",
            "      send hold.answered @ order-service",
            "        process hold.answered @ order-service",
            "      send order.paid @ order-service",
            "        process order.paid @ notifier",
            "          tell buyer @ notifier");

    private static final Vertx VERTX = Vertx.vertx();
    private static final SpanCollector COLLECTOR = new SpanCollector();
    private static SmallSystem system;
    private static NotifierService notifier;

    private final String traceId = HexFormat.of().formatHex(randomBytes(16));
    private final String clientSpanId = HexFormat.of().formatHex(randomBytes(8));

    @BeforeAll
    static void start() {
        system = new SmallSystem(
                VERTX,
                servers,
                "DOORBUSTER_TRACE_EXPORTER",
                "otlp",
                "DOORBUSTER_TRACE_ENDPOINT",
                COLLECTOR.endpoint(),
                "DOORBUSTER_TRACE_HEADERS",
                "authorization=Bearer%20collectors-own",
                // requests of the tests only
                "DOORBUSTER_TRACE_RATIO",
                "0");
        system.startStockService();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        notifier =
                SmallSystem.await(NotifierService.start(VERTX, registry, NotifierConfig.fromEnv(system.variables())));
    }

    @AfterAll
    static void stop() {
        SmallSystem.await(notifier.stop());
        system.close();
        SmallSystem.await(VERTX.close());
        COLLECTOR.close();
    }

    @Test
    void followsAnOrderFromHttpToCommitAnswerAndNotification() throws Exception {
        // Given
        SaleId sale = system.create(CounterKind.REDIS);
        CompletableFuture<String> told = listen("alice", "order.confirmed");

        // When
        Answer answer = system.order(sale, "alice", 1, "Prefer", "wait=20", "traceparent", traceparent("01"));

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(told.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("event: order.confirmed");
        awaitTree(PLACING);
        tree().print().forEach(System.out::println);
        assertThat(span("send order.answered").getStartTimeUnixNano() + CLOCKS_APART_MAX_NANOS)
                .isGreaterThanOrEqualTo(span("commit").getEndTimeUnixNano());
        assertThat(COLLECTOR.authorizations()).containsExactly("Bearer collectors-own");
        assertThat(COLLECTOR.trace(traceId).toString()).doesNotContain("alice").doesNotContain(system.token("alice"));
    }

    @Test
    void followsAPayment() throws Exception {
        // Given
        SaleId sale = system.create(CounterKind.MEMCACHED);
        String order = system.orderAndWait(sale, "bob", 1).json().getString("id");
        CompletableFuture<String> told = listen("bob", "order.paid");

        // When
        Answer answer = system.pay("bob", order, "card-1", "traceparent", traceparent("01"));

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(told.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("event: order.paid");
        awaitTree(PAYING);
    }

    @Test
    void doesNotTraceRequestsWithoutASampledTraceparent() {
        // Given
        SaleId sale = system.create(CounterKind.REDIS);

        // When
        Answer untraced = system.order(sale, "carol", 1, "Prefer", "wait=20", "traceparent", traceparent("00"));
        Answer traced = system.order(sale, "carol", 1, "Prefer", "wait=20", "traceparent", traceparent("01"));

        // Then: for the same trace id, the unsampled first request exported nothing
        assertThat(untraced.status()).isEqualTo(201);
        assertThat(traced.status()).isEqualTo(201);
        await().atMost(SOON).until(() -> !tree().outline().isEmpty());
        assertThat(COLLECTOR.trace(traceId))
                .filteredOn(each -> each.span().getName().startsWith("POST"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "\"}],\"trace\":\"x"
            })
    void acceptsOrdersWithAnInvalidTraceparent(String header) {
        // Given
        SaleId sale = system.create(CounterKind.REDIS);

        // When
        Answer answer = system.order(sale, "mallory", 1, "Prefer", "wait=20", "traceparent", header);

        // Then
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void theMetricsEndpointCountsSpans() {
        List<Metric> documented = MetricsPage.documented("order-service");
        List<Metric> scraped = MetricsPage.scraped(system.metrics.scrape());

        assertThat(aboutTraces(documented)).isNotEmpty().containsExactlyInAnyOrderElementsOf(aboutTraces(scraped));
    }

    private static List<String> aboutTraces(List<Metric> metrics) {
        return metrics.stream()
                .filter(metric -> metric.name().startsWith("doorbuster_trace_"))
                .map(Metric::shape)
                .toList();
    }

    /** Sibling spans that depend on each other end in this order, so the whole outline is compared. */
    private void awaitTree(List<String> outline) {
        await().atMost(SOON).untilAsserted(() -> assertThat(tree().outline()).containsExactlyElementsOf(outline));
    }

    private SpanTree tree() {
        return new SpanTree(COLLECTOR.trace(traceId), clientSpanId);
    }

    private Span span(String name) {
        return COLLECTOR.trace(traceId).stream()
                .map(Collected::span)
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String traceparent(String flags) {
        return "00-" + traceId + "-" + clientSpanId + "-" + flags;
    }

    /** Completes with the line of the first such event; the stream is open when this returns. */
    private static CompletableFuture<String> listen(String buyer, String event) {
        return EventStream.open(notifier.port(), system.token(buyer)).first("event: " + event);
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random().nextBytes(bytes);
        return bytes;
    }
}
