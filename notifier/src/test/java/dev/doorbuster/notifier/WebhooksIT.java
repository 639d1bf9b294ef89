package dev.doorbuster.notifier;

import static dev.doorbuster.notifier.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DeadLetter.Cause;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.notifier.ShopServer.Told;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks over a real broker, to servers that fail in every way. */
class WebhooksIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(ServerKind.RABBITMQ, ServerKind.REDIS);

    private static final String SECRET = "a secret that only this shop and Doorbuster know";

    private final SaleId sale = SaleId.random(new Random());
    private Stage stage;
    private ShopServer shop;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(servers);
        shop = ShopServer.start(stage.vertx(), ShopServer.answering(204));
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @Test
    void deliversEachEventOnceAndSignsIt() throws Exception {
        // Given
        stage.startNotifier(telling("shop", shop.url()));
        Message message = Events.confirmed(sale, "alice", "bob");

        // When
        stage.publish(message);

        // Then
        await().atMost(SOON).until(() -> shop.told().size() == 1);
        Told told = shop.told().get(0);
        JsonObject body = told.body().toJsonObject();
        assertThat(told.headers())
                .containsEntry("doorbuster-event-id", message.id().toString())
                .containsEntry("doorbuster-event-type", "order.confirmed")
                .containsEntry("content-type", "application/json")
                .containsEntry("doorbuster-signature", "v1=" + code(SECRET, told));
        assertThat(Long.parseLong(told.headers().get("doorbuster-timestamp")))
                .isBetween(
                        Instant.now().getEpochSecond() - SOON.toSeconds(),
                        Instant.now().getEpochSecond());
        assertThat(body.getString("saleId")).isEqualTo(sale.value());
        assertThat(body.getJsonArray("events").stream()
                        .map(event ->
                                ((JsonObject) event).getJsonObject("order").getString("buyer")))
                .containsExactly("alice", "bob");
    }

    @Test
    void theSameFactInANewMessageHasTheSameName() {
        // Given
        stage.startNotifier(telling("shop", shop.url()));
        Message message = Events.confirmed(sale, "alice");

        // When
        stage.publish(message);
        stage.publish(Message.of(sale, message.elements()));

        // Then
        await().atMost(SOON).until(() -> shop.told().size() == 2);
        assertThat(shop.counts()).hasSize(2);
        assertThat(shop.told().stream()
                        .map(told -> told.body()
                                .toJsonObject()
                                .getJsonArray("events")
                                .getJsonObject(0)
                                .getString("id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void bringsOnlyWhatTheShopWantsToKnow() {
        // Given
        stage.startNotifier(telling("shop", shop.url(), "sale.#"));
        Message soldOut = Events.soldOut(sale);

        // When
        stage.publish(Events.confirmed(sale, "alice"));
        stage.publish(soldOut);

        // Then
        await().atMost(SOON).until(() -> !shop.told().isEmpty());
        assertThat(shop.counts()).isEqualTo(Map.of(soldOut.id().toString(), 1L));
    }

    @Test
    void bringsWhatFailedAgainAfterEachDelayUntilItIsTaken() {
        // Given
        var failures = new LinkedHashMap<String, Integer>();
        shop.behave(request -> {
            int before = failures.merge(request.getHeader("Doorbuster-Event-Id"), 1, Integer::sum);
            ShopServer.answering(before <= 3 ? 500 : 200).accept(request);
        });
        var notifier = stage.startNotifier(telling("shop", shop.url(), "order.#"));

        // When
        List<Message> messages = publish(10);

        // Then
        await().atMost(SOON).until(() -> shop.told().size() == 40);
        assertThat(shop.counts()).isEqualTo(each(messages, 4));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.metrics(notifier))
                        .contains(
                                "doorbuster_notifier_deliveries_total{channel=\"webhook.shop\",outcome=\"delivered\",} 10.0",
                                "doorbuster_notifier_deliveries_total{channel=\"webhook.shop\",outcome=\"failed\",} 30.0",
                                "doorbuster_notifier_waiting{channel=\"webhook.shop\",} 0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hangs", "breaks off", "talks nonsense", "hangs up", "points elsewhere"})
    void takesNoAnswerThatIsNoneForAYes(String lie) {
        // Given
        ShopServer elsewhere = ShopServer.start(stage.vertx(), ShopServer.answering(200));
        Consumer<HttpServerRequest> lying = switch (lie) {
            case "hangs" -> ShopServer::hang;
            case "breaks off" ->
                request -> {
                    request.response().putHeader("Content-Length", "100").write("so far");
                    stage.vertx().setTimer(50, later -> request.connection().close());
                };
            case "talks nonsense" ->
                request -> request.response()
                        .setStatusMessage("O\0K")
                        .setStatusCode(99)
                        .end();
            case "hangs up" -> request -> request.connection().close();
            default ->
                request -> request.response()
                        .setStatusCode(307)
                        .putHeader("Location", elsewhere.url())
                        .end();
        };
        var seen = new ArrayList<String>();
        shop.behave(request -> {
            boolean first = !seen.contains(request.getHeader("Doorbuster-Event-Id"));
            seen.add(request.getHeader("Doorbuster-Event-Id"));
            (first ? lying : ShopServer.answering(200)).accept(request);
        });
        Map<String, String> variables = telling("shop", shop.url(), "order.#");
        if (lie.equals("hangs")) {
            variables.put("webhooks.timeout", "10000");
        }
        stage.startNotifier(variables);

        // When
        List<Message> messages = publish(1);

        // Then
        await().atMost(SOON).until(() -> shop.told().size() == 2);
        assertThat(shop.counts()).isEqualTo(each(messages, 2));
        assertThat(elsewhere.told()).isEmpty();
    }

    @Test
    void leavesALongAnswerUnread() {
        // Given
        shop.behave(request -> {
            request.response().setChunked(true);
            stage.vertx().setPeriodic(1, tick -> {
                if (request.response().closed() || request.response().ended()) {
                    stage.vertx().cancelTimer(tick);
                } else if (!request.response().writeQueueFull()) {
                    request.response().write(Buffer.buffer(new byte[16 * 1024]));
                }
            });
        });
        stage.startNotifier(telling("shop", shop.url(), "order.#"));

        // When
        List<Message> messages = publish(2);

        // Then
        await().atMost(SOON).until(() -> shop.told().size() == 2);
        assertThat(shop.counts()).isEqualTo(each(messages, 1));
    }

    @Test
    void givesUpAfterTheLastDelayWhereNoVerificationWaitsAndTakesItUpAgainWhenItIsSentBack() throws Exception {
        // Given
        shop.behave(ShopServer.answering(503));
        stage.startNotifier(telling("shop", shop.url(), "order.#"));
        ShopServer neighbour = ShopServer.start(stage.vertx(), ShopServer.answering(200));
        stage.startNotifier(telling("neighbour", neighbour.url(), "order.#"));

        // When
        Message message = publish(1).get(0);

        // Then
        String undelivered = DoorbusterTopology.UNDELIVERED_QUEUE;
        await().atMost(SOON).until(() -> stage.messagesIn(undelivered) == 1);
        assertThat(shop.counts()).isEqualTo(each(List.of(message), 4));
        assertThat(stage.messagesIn(DoorbusterTopology.DEAD_LETTERS_QUEUE)).isZero();
        assertThat(stage.messagesIn(DoorbusterTopology.UNROUTED_QUEUE)).isZero();

        // When
        shop.behave(ShopServer.answering(200));
        GetResponse taken = stage.take(undelivered);
        DeadLetter letter = DeadLetter.read(met(taken), taken.getProps().getHeaders());
        stage.publish(
                letter.origin(), taken, letter.replayHeaders(taken.getProps().getHeaders()));

        // Then
        assertThat(letter.cause()).isEqualTo(Cause.UNDELIVERED);
        assertThat(letter.reason()).contains("shop answered 503", "4 times");
        await().atMost(SOON).until(() -> shop.told().size() == 5);
        assertThat(neighbour.counts()).isEqualTo(each(List.of(message), 1));
    }

    @Test
    void givesUpAtOnceOn410() throws Exception {
        // Given
        shop.behave(ShopServer.answering(410));
        stage.startNotifier(telling("shop", shop.url(), "order.#"));

        // When
        List<Message> messages = publish(3);

        // Then
        await().atMost(SOON).until(() -> stage.messagesIn(DoorbusterTopology.UNDELIVERED_QUEUE) == 3);
        assertThat(shop.counts()).isEqualTo(each(messages, 1));
    }

    @Test
    void aFailingEndpointDelaysNoOther() {
        // Given
        ShopServer dead = ShopServer.start(stage.vertx(), ShopServer::hang);
        Map<String, String> both = telling("shop", shop.url(), "order.#");
        both.put(
                "DOORBUSTER_WEBHOOKS",
                new JsonArray()
                        .add(endpoint("dead", dead.url(), "order.#"))
                        .add(endpoint("shop", shop.url(), "order.#"))
                        .encode());
        var notifier = stage.startNotifier(both);

        // When
        List<Message> messages = publish(30);

        // Then
        await().atMost(SOON).until(() -> shop.told().size() == 30);
        assertThat(shop.counts()).isEqualTo(each(messages, 1));
        assertThat(dead.told()).as("the one that it still hangs on").hasSizeLessThanOrEqualTo(1);
        assertThat(stage.readiness(notifier)).isEqualTo(200);
    }

    @Test
    void losesNothingWhileItIsOff() throws Exception {
        // Given
        Map<String, String> on = telling("shop", shop.url(), "order.#");
        stage.stop(stage.startNotifier(on));

        // When
        var off = stage.startNotifier(Map.of());
        List<Message> messages = publish(12);

        // Then
        assertThat(stage.messagesIn("notifier.webhook.shop")).isEqualTo(12);
        assertThat(shop.told()).isEmpty();

        // When
        stage.stop(off);
        stage.startNotifier(on);

        // Then
        await().atMost(SOON).until(() -> shop.told().size() == 12);
        assertThat(shop.counts()).isEqualTo(each(messages, 1));
    }

    @Test
    void whatAKilledNotifierHadInItsHandsIsBroughtByAnother() throws Exception {
        // Given
        shop.behave(ShopServer::hang);
        Map<String, String> patient = telling("shop", shop.url(), "order.#");
        stage.stop(stage.startNotifier(patient));
        Process doomed = process(patient);
        List<Message> messages = publish(20);
        await().atMost(SOON).until(() -> shop.told().size() == 1);

        // When
        doomed.destroyForcibly().waitFor();
        shop.behave(ShopServer.answering(200));
        stage.startNotifier(patient);

        // Then
        await().atMost(SOON).until(() -> shop.told().size() == 21);
        Map<String, Long> counts = each(messages, 1);
        counts.put(messages.get(0).id().toString(), 2L);
        assertThat(shop.counts()).isEqualTo(counts);
    }

    private Process process(Map<String, String> more) throws Exception {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                NotifierService.class.getName());
        builder.environment().putAll(stage.variables(more));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<Message> publish(int count) {
        List<Message> messages = IntStream.range(0, count)
                .mapToObj(i -> Events.confirmed(sale, "buyer-" + i))
                .toList();
        messages.forEach(stage::publish);
        return messages;
    }

    private static Map<String, Long> each(List<Message> messages, long times) {
        var counts = new LinkedHashMap<String, Long>();
        messages.forEach(message -> counts.put(message.id().toString(), times));
        return counts;
    }

    private static Map<String, String> telling(String id, String url, String... events) {
        var variables = new LinkedHashMap<String, String>();
        variables.put(
                "DOORBUSTER_WEBHOOKS",
                new JsonArray().add(endpoint(id, url, events)).encode());
        variables.put("SHOP_SECRET", SECRET);
        variables.put("DOORBUSTER_WEBHOOK_RETRY_DELAYS_MS", "50,100,200");
        // long timeouts: a slow test machine must not look like a slow endpoint
        variables.put("webhooks.timeout", "60000");
        return variables;
    }

    private static JsonObject endpoint(String id, String url, String... events) {
        var endpoint = new JsonObject().put("id", id).put("url", url).put("secretEnv", "SHOP_SECRET");
        return events.length == 0 ? endpoint : endpoint.put("events", new JsonArray(List.of(events)));
    }

    private static Route met(GetResponse taken) {
        return new Route(taken.getEnvelope().getExchange(), taken.getEnvelope().getRoutingKey());
    }

    /** Computed by the documentation's instructions. */
    private static String code(String secret, Told told) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = told.headers().get("doorbuster-timestamp") + "." + told.body();
        return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
