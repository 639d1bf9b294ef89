package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sale whose notifier has a webhook that accepts, one that rejects, one that is unreachable, no SMTP server, and a Redis of its
 * own for the live statistics. It runs with the broker permissions that {@code up} grants.
 */
class NotificationsIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration VISITS_SENT_AGAIN = Duration.ofMinutes(1);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final List<JsonObject> HEARD = new CopyOnWriteArrayList<>();
    private static final List<String> REFUSED = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final RealServers STATISTICS = RealServers.ownOf(ServerKind.REDIS);

    private static HttpServer listens;
    private static HttpServer refuses;
    private static RunningSystem system;
    private static TestSales sales;

    @BeforeAll
    static void start() throws IOException {
        listens = shop(NotificationsIT::hear);
        refuses = shop(NotificationsIT::refuse);
        int nobody = Ports.free();
        var plan = new SystemPlan(1, 1, 1, false)
                .with(Map.of(
                        "DOORBUSTER_WEBHOOKS",
                        "[%s,%s,%s]"
                                .formatted(
                                        endpoint("listens", listens.getAddress().getPort()),
                                        endpoint("refuses", refuses.getAddress().getPort()),
                                        endpoint("is-away", nobody)),
                        "DOORBUSTER_WEBHOOK_SECRET_OF_ALL",
                        "a secret of these shops and of Doorbuster",
                        "DOORBUSTER_WEBHOOK_RETRY_DELAYS_MS",
                        "100",
                        "DOORBUSTER_LIVE_REDIS",
                        "127.0.0.1:" + STATISTICS.redis().port(),
                        "DOORBUSTER_EMAIL_ENABLED",
                        "true",
                        "DOORBUSTER_SMTP_HOST",
                        "127.0.0.1",
                        "DOORBUSTER_SMTP_PORT",
                        Integer.toString(nobody)));
        system = TestSystem.start("notifications", plan);
        sales = new TestSales(system);
    }

    @AfterAll
    static void stop() {
        sales.close();
        system.discard();
        listens.stop(0);
        refuses.stop(0);
    }

    @ParameterizedTest(name = "counted in {0}")
    @ValueSource(strings = {"redis", "memcached"})
    void unreachableReceiversDelayNeitherSalesNorVerificationNorOtherReceivers(String counter) throws Exception {
        // Given
        var plan = new TestSales.Plan(counter, 200, 1000, 500);

        // When
        TestSales.Result result = sales.sell(plan, Fault.NONE);

        // Then
        assertThat(result.report().isClean()).as(result.report().describe(5)).isTrue();
        assertThat(result.verification().verdict()).isEqualTo("PASS");
        assertThat(result.verification().number("sold")).isEqualTo(plan.stock());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(heardOf(result.sale())).hasSize(200));
        assertThat(HEARD.stream().filter(told -> told.getString("saleId").equals(result.sale())))
                .as("each message once")
                .extracting(told -> told.getString("id"))
                .doesNotHaveDuplicates();
        // Dead-lettered after its two attempts, one of which waited for a retry delay; verification passes
        // regardless.
        await().atMost(SOON)
                .until(() -> REFUSED.stream()
                        .collect(Collectors.groupingBy(id -> id, Collectors.counting()))
                        .containsValue(2L));
        assertThat(system.operator()
                        .get("/api/sales/" + result.sale() + "/verification")
                        .get("verdict")
                        .asText())
                .isEqualTo("PASS");
    }

    /** All visits are sent again each minute. */
    @Test
    void theStatisticsComeBackAndTheSaleDoesNotNoticeWhenTheirRedisIsKilledAndEmptied() throws Exception {
        // Given
        var plan = new TestSales.Plan("redis", 1500, 2000, 300);

        // When
        TestSales.Result result = sales.sell(plan, sale -> {
            await().atMost(SOON)
                    .until(() -> pulse(sale).getLong("visitors") > 0
                            && pulse(sale).getJsonArray("recentOrders").size() > 0);
            STATISTICS.redis().kill();
            STATISTICS.redis().restart();
            STATISTICS.redis().wipe();
        });

        // Then
        assertThat(result.report().isClean()).as(result.report().describe(5)).isTrue();
        assertThat(result.verification().verdict()).isEqualTo("PASS");
        assertThat(result.verification().number("sold")).isEqualTo(plan.stock());
        assertThat(result.visitors()).isEqualTo(plan.buyers());
        // Five standard errors of linear counting and of HyperLogLog.
        await().atMost(VISITS_SENT_AGAIN.plus(SOON)).untilAsserted(() -> {
            JsonObject pulse = pulse(result.sale());
            assertThat(pulse.getLong("visitors")).isCloseTo(result.visitors(), within(10L));
            assertThat(pulse.getLong("visitorsByHyperLogLog")).isCloseTo(result.visitors(), withinPercentage(4.1));
            assertThat(pulse.getLong("sold")).isEqualTo(plan.stock());
            assertThat(pulse.getJsonArray("recentOrders")).isNotEmpty();
        });
    }

    private static JsonObject pulse(String sale) throws InterruptedException {
        return new JsonObject(system.operator()
                .at(system.notifier().http())
                .get("/api/sales/" + sale + "/pulse")
                .toString());
    }

    private static List<String> heardOf(String sale) {
        return HEARD.stream()
                .filter(told -> told.getString("saleId").equals(sale)
                        && told.getString("type").equals("order.confirmed"))
                .map(told -> told.getJsonArray("events"))
                .flatMap(events -> IntStream.range(0, events.size())
                        .mapToObj(i -> events.getJsonObject(i).getString("id")))
                .toList();
    }

    private static String endpoint(String id, int port) {
        return """
                {"id":"%s","url":"http://127.0.0.1:%d/","events":["order.#"],"secretEnv":"DOORBUSTER_WEBHOOK_SECRET_OF_ALL"}""".formatted(id, port);
    }

    private static void hear(HttpExchange exchange) throws IOException {
        HEARD.add(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        REFUSED.add(exchange.getRequestHeaders().getFirst("Doorbuster-Event-Id"));
        exchange.sendResponseHeaders(500, -1);
        exchange.close();
    }

    private static HttpServer shop(HttpHandler manners) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext("/", manners);
        server.start();
        return server;
    }
}
