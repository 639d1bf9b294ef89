package dev.doorbuster.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.BuyersVisited;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.VisitorPosition;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.LineConnection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The live statistics on a real broker and a real Redis. */
class PulseIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.REDIS, ServerKind.RABBITMQ);

    @RegisterExtension
    static final RealServers REPLICA = RealServers.ownOf(ServerKind.REDIS);

    /** A key as the counters have them. */
    private static final String COUNTER = "doorbuster:{k7wq2mzr5xv3ta6b}:counter";

    private final Random random = new Random();
    private final SaleId sale = SaleId.random(random);
    private volatile String state = "OPEN";
    private Stage stage;
    private NotifierService notifier;

    @BeforeEach
    void start() throws Exception {
        SERVERS.redis().wipe();
        stage = new Stage(SERVERS);
        notifier = stage.startNotifier(Map.of("DOORBUSTER_SALES_URL", "http://127.0.0.1:" + orderService()));
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    /** An order-service with a ledger of 100 units, of which 40 are sold and none is held. */
    private int orderService() {
        HttpServer server = Stage.get(stage.vertx()
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .end(new JsonObject()
                                .put("stock", 100)
                                .put("available", 60)
                                .put("held", 0)
                                .put("state", state)
                                .toBuffer()))
                .listen(0, "127.0.0.1"));
        return server.actualPort();
    }

    private void visit(SaleId visited, int from, int to) {
        visit(visited, from, to, false);
    }

    private void visit(SaleId visited, int from, int to, boolean again) {
        for (int first = from; first < to; first += BuyersVisited.POSITIONS_MAX) {
            int[] positions = IntStream.range(first, Math.min(to, first + BuyersVisited.POSITIONS_MAX))
                    .map(number -> VisitorPosition.of("buyer-" + number))
                    .toArray();
            stage.publish(
                    Route.visits(),
                    Message.of(visited, again ? BuyersVisited.again(positions) : BuyersVisited.at(positions)));
        }
    }

    private JsonObject read(String path, String authorization) {
        return Stage.get(stage.client()
                .request(HttpMethod.GET, notifier.port(), "127.0.0.1", path)
                .compose(request -> Exchange.send(
                        request.putHeader("Authorization", authorization),
                        response -> response.body()
                                .map(Buffer::toJsonObject)
                                .map(json -> json.put("httpStatus", response.statusCode())))));
    }

    private JsonObject pulse(SaleId read) {
        return read("/api/sales/" + read + "/pulse", "");
    }

    private void awaitVisitors(SaleId visited, long count) {
        await().atMost(Stage.SOON)
                .untilAsserted(
                        () -> assertThat(pulse(visited).getLong("visitors")).isEqualTo(count));
    }

    private static String token(Stage stage, String role) {
        JWTAuth auth = JWTAuth.create(
                stage.vertx(),
                new JWTAuthOptions()
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm("HS256")
                                .setBuffer("0123456789abcdef0123456789abcdef")));
        return "Bearer "
                + auth.generateToken(
                        new JsonObject().put("sub", "operator").put("roles", List.of(role)),
                        new JWTOptions().setExpiresInMinutes(5));
    }

    private List<String> keys() {
        return SERVERS.redis().keys(0, "doorbuster:pulse:*");
    }

    /** Linear counting has a standard error of 0.11 % here, HyperLogLog one of 0.81 %; five of them are allowed. */
    @Test
    void countsFiftyThousandVisitorsWithinTheErrorOfBothMethods() {
        // When
        visit(sale, 0, 50_000);
        visit(sale, 10_000, 20_000);

        // Then
        await().atMost(Stage.SOON)
                .untilAsserted(() -> assertThat(pulse(sale).getLong("visitors")).isCloseTo(50_000L, within(5 * 55L)));
        assertThat(pulse(sale).getLong("visitorsByHyperLogLog")).isCloseTo(50_000L, within(5 * 415L));
    }

    @Test
    void publishesTheStatisticsToTheStreamsOfTheSaleAndOfAllSales() {
        // Given
        var page = SseClient.open(stage.client(), notifier.port(), "/api/sales/" + sale + "/events");
        var console = SseClient.open(stage.client(), notifier.port(), "/api/pulse/events");
        await().atMost(Stage.SOON).until(() -> page.isOpen() && console.isOpen());

        // When
        visit(sale, 0, 100);

        // Then
        await().atMost(Stage.SOON)
                .until(() -> page.events().stream()
                        .anyMatch(event -> event.name().equals("sale.pulse")
                                && event.data().getLong("visitors") == 100));
        await().atMost(Stage.SOON)
                .until(() -> console.events().stream()
                        .anyMatch(event -> event.name().equals("sales.pulse")
                                && event.data().getJsonArray("hottest").stream()
                                        .anyMatch(each -> ((JsonObject) each)
                                                .getString("saleId")
                                                .equals(sale.value()))));
    }

    @Test
    void listsTheLastOrdersAndTheLedgersUnits() {
        // When
        for (int i = 0; i < 30; i++) {
            stage.publish(Events.confirmed(sale, "alice"));
        }

        // Then
        await().atMost(Stage.SOON)
                .until(() -> pulse(sale).getJsonArray("recentOrders").size() == 20
                        && pulse(sale).getLong("sold") != null);
        assertThat(pulse(sale).getLong("stock")).isEqualTo(100);
        assertThat(pulse(sale).getLong("sold")).isEqualTo(40);
        assertThat(pulse(sale).getLong("held")).isZero();
        assertThat(pulse(sale).encode()).doesNotContain("alice");
        await().atMost(Stage.SOON)
                .untilAsserted(() -> assertThat(
                                read("/api/pulse", "").getJsonArray("fastest").getJsonObject(0))
                        .isEqualTo(new JsonObject().put("saleId", sale.value()).put("amount", 60)));
    }

    @Test
    void estimatesWhoCameToBothSalesForOperatorsOnly() {
        // Given
        SaleId other = SaleId.random(random);
        visit(sale, 0, 20_000);
        visit(other, 15_000, 35_000);
        await().atMost(Stage.SOON)
                .until(() ->
                        pulse(sale).getLong("visitors") > 19_500 && pulse(other).getLong("visitors") > 19_500);
        String path = "/api/sales/" + sale + "/pulse/" + other;

        // When
        JsonObject answer = read(path, token(stage, "operator"));

        // Then: without the correction for shared positions it would be about 5,300
        assertThat(answer.getLong("visitorsOfBoth")).isCloseTo(5_000L, within(100L));
        assertThat(read(path, token(stage, "buyer")).getInteger("httpStatus")).isEqualTo(403);
        assertThat(read(path, "").getInteger("httpStatus")).isEqualTo(401);
    }

    @Test
    void comesBackWhenRedisWasKilledAndEmptied() {
        // Given
        visit(sale, 0, 1_000);
        await().atMost(Stage.SOON).until(() -> pulse(sale).getLong("visitors") > 990);
        long before = pulse(sale).getLong("visitors");
        SERVERS.redis().kill();
        SERVERS.redis().restart();
        SERVERS.redis().wipe();

        // When: an edge sends all positions again, and one buyer comes
        visit(sale, 0, 1_000, true);
        visit(sale, 1_000, 1_001, false);

        // Then
        await().atMost(Stage.SOON).ignoreExceptions().until(() -> pulse(sale).getLong("visitors") == before + 1);
        await().atMost(Stage.SOON)
                .untilAsserted(() -> assertThat(read("/api/pulse", "").getJsonArray("hottest"))
                        .isEqualTo(new JsonArray()
                                .add(new JsonObject()
                                        .put("saleId", sale.value())
                                        .put("amount", 1))));
    }

    @Test
    void readsFromTheReplicaWhileItAnswers() throws IOException {
        // Given
        int main = SERVERS.redis().port();
        int replica = REPLICA.redis().port();
        try (var connection = new LineConnection(replica)) {
            assertThat(connection.ask("REPLICAOF 127.0.0.1 " + main)).isEqualTo("+OK");
        }
        notifier = stage.startNotifier(Map.of(
                "DOORBUSTER_SALES_URL",
                "http://127.0.0.1:" + orderService(),
                "DOORBUSTER_LIVE_REDIS",
                "127.0.0.1:" + main + ",127.0.0.1:" + replica));
        visit(sale, 0, 100);
        awaitVisitors(sale, 100);

        // When
        SERVERS.redis().pause();
        long whileTheMainServerIsSilent = pulse(sale).getLong("visitors");
        SERVERS.redis().resume();
        REPLICA.redis().kill();

        // Then
        assertThat(whileTheMainServerIsSilent).isEqualTo(100);
        await().atMost(Stage.SOON).ignoreExceptions().until(() -> pulse(sale).getLong("visitors") == 100);
        REPLICA.redis().restart();
    }

    @Test
    void keepsWhatArrivesWhileRedisDoesNotAnswer() {
        // Given
        awaitVisitors(sale, 0);
        SERVERS.redis().pause();

        // When
        visit(sale, 0, 100);
        assertThat(stage.readiness(notifier)).isPositive();
        SERVERS.redis().resume();

        // Then
        await().atMost(Stage.SOON).ignoreExceptions().until(() -> pulse(sale).getLong("visitors") == 100);
    }

    @Test
    void archivesAFinishedSaleAndTakesNothingMore() {
        // Given
        visit(sale, 0, 100);
        awaitVisitors(sale, 100);

        // When
        state = "CLOSED";
        stage.publish(Events.confirmed(sale, "alice"));

        // Then
        await().atMost(Stage.SOON).until(() -> pulse(sale).getBoolean("archived"));
        assertThat(keys())
                .contains("doorbuster:pulse:archive:" + sale + ":visitors")
                .noneMatch(key -> key.startsWith("doorbuster:pulse:sale:" + sale));
        visit(sale, 100, 200);
        SaleId later = SaleId.random(random);
        visit(later, 0, 1);
        awaitVisitors(later, 1);
        assertThat(pulse(sale).getLong("visitors")).isEqualTo(100);
        assertThat(pulse(sale).getJsonArray("recentOrders")).hasSize(1);
    }

    @Test
    void keepsAtMost128SalesAndTouchesNoOtherKey() {
        // Given
        setCounter("3:998");

        // When
        for (int i = 0; i < 150; i++) {
            visit(SaleId.random(random), 0, 10);
        }
        visit(sale, 0, 10);
        awaitVisitors(sale, 10);

        // Then: visitors, HyperLogLog and units of each sale; lists of sales and rankings
        await().atMost(Stage.SOON).untilAsserted(() -> {
            visit(sale, 0, 10);
            assertThat(keys().stream().filter(key -> key.endsWith(":visitors"))).hasSizeLessThanOrEqualTo(128);
        });
        assertThat(keys()).hasSizeLessThanOrEqualTo(128 * 4 + 16);
        assertThat(SERVERS.redis().get(COUNTER)).contains("3:998");
        // The notifier's own metrics are in the same Redis.
        assertThat(SERVERS.redis().keys(0, "*"))
                .allMatch(key -> key.startsWith("doorbuster:pulse:")
                        || key.startsWith("doorbuster:{figures}:")
                        || key.equals(COUNTER));
    }

    private void setCounter(String value) {
        try (var connection = new LineConnection(SERVERS.redis().port())) {
            assertThat(connection.ask("SET " + COUNTER + " " + value)).isEqualTo("+OK");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
