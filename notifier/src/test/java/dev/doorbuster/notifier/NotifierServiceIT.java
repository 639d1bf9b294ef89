package dev.doorbuster.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole notifier with a real broker and a real Redis, both of which are killed. */
class NotifierServiceIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(ServerKind.RABBITMQ, ServerKind.REDIS);

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = SseClient.client(vertx);
    private final SaleId sale = SaleId.random(new Random());
    private NotifierService notifier;
    private AmqpPublisher ledger;

    private record Answer(int status, String contentType, JsonObject body) {}

    @BeforeEach
    void start() {
        notifier = startNotifier(0);
        ledger = get(AmqpPublisher.start(
                vertx,
                config(0).broker(),
                "ledger",
                DoorbusterTopology.durable(),
                new Health(),
                new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        get(notifier.stop());
        get(ledger.stop());
        get(vertx.close());
    }

    @Test
    void publishesOrdersToTheirOwnBuyersOnly() {
        // Given
        SseClient alice = listenAs("alice");
        SseClient bob = listenAs("bob");

        // When
        publish(Events.confirmed(sale, "alice", "carol"));
        publish(Events.confirmed(sale, "bob"));

        // Then
        await().atMost(SOON)
                .until(() -> !bob.events().isEmpty() && !alice.events().isEmpty());
        assertThat(alice.names()).containsExactly("order.confirmed");
        assertThat(alice.events().get(0).data().getString("buyer")).isEqualTo("alice");
        assertThat(alice.events().get(0).data().getString("status")).isEqualTo("RESERVED");
        assertThat(bob.events().get(0).data().getString("buyer")).isEqualTo("bob");
        assertThat(alice.text()).doesNotContain("carol").doesNotContain("bob");
    }

    @Test
    void publishesASalesEventsWithoutNames() {
        // Given
        SseClient anyone = open(notifier, "/api/sales/" + sale + "/events");
        SseClient another = open(notifier, "/api/sales/" + SaleId.random(new Random()) + "/events");

        // When
        publish(Events.confirmed(sale, "alice", "bob"));
        publish(Events.soldOut(sale));

        // Then
        await().atMost(SOON).until(() -> anyone.events().size() == 2);
        assertThat(anyone.names()).containsExactlyInAnyOrder("sale.activity", "sale.sold-out");
        assertThat(event(anyone, "sale.activity").data().getJsonObject("units"))
                .isEqualTo(new JsonObject().put("order.confirmed", 4));
        assertThat(event(anyone, "sale.sold-out").data().getInteger("available"))
                .isZero();
        assertThat(anyone.text()).doesNotContain("alice").doesNotContain("bob").doesNotContain("buyer");
        assertThat(another.events()).isEmpty();
    }

    @Test
    void namesEachEventByItsMessageAndElement() {
        SseClient alice = listenAs("alice");
        Message message = Events.confirmed(sale, "carol", "alice");

        publish(message);

        await().atMost(SOON).until(() -> !alice.events().isEmpty());
        assertThat(alice.events().get(0).id()).isEqualTo(message.id() + "/1");
    }

    @Test
    void passesOverAMessageThatComesAgain() {
        // Given
        SseClient alice = listenAs("alice");
        Message message = Events.confirmed(sale, "alice");

        // When
        publish(message);
        publish(message);
        publish(Events.confirmed(sale, "alice"));

        // Then
        await().atMost(SOON).until(() -> alice.events().size() == 2);
        assertThat(alice.events()).extracting(SseClient.Received::id).doesNotHaveDuplicates();
    }

    @Test
    void aReconnectToAnyInstanceMissesNoEvent() {
        // Given
        NotifierService other = startNotifier(1);
        SseClient alice = listenAs("alice");
        SseClient anyone = open(notifier, "/api/sales/" + sale + "/events");
        SseClient everything = open(other, "/api/events?ticket=" + ticket("alice"));
        Message seen = Events.confirmed(sale, "alice");
        Message seenByAll = Events.soldOut(sale);
        publish(seen);
        publish(seenByAll);
        await().atMost(SOON)
                .until(() -> !alice.events().isEmpty() && anyone.names().contains("sale.sold-out"));

        // When
        Message missed = Events.confirmed(sale, "alice");
        Message missedByAll = Events.soldOut(sale);
        publish(missed);
        publish(missedByAll);
        await().atMost(SOON).until(() -> everything.events().size() == 2);
        SseClient aliceAgain =
                open(other, "/api/events?ticket=" + ticket("alice") + "&lastEventId=" + seen.id() + "/0");
        SseClient anyoneAgain =
                SseClient.open(client, other.port(), "/api/sales/" + sale + "/events", seenByAll.id() + "/0");

        // Then
        await().atMost(SOON)
                .until(() ->
                        !aliceAgain.events().isEmpty() && !anyoneAgain.events().isEmpty());
        assertThat(aliceAgain.events()).extracting(SseClient.Received::id).containsExactly(missed.id() + "/0");
        assertThat(anyoneAgain.events()).extracting(SseClient.Received::id).contains(missedByAll.id() + "/0");
        get(other.stop());
    }

    @Test
    void opensOneStreamForATicketWhicheverInstanceIsAsked() {
        // Given
        NotifierService other = startNotifier(1);
        String ticket = ticket("alice");
        SseClient first = open(other, "/api/events?ticket=" + ticket);

        // When
        Answer again = get("/api/events?ticket=" + ticket);

        // Then
        assertThat(first.isOpen()).isTrue();
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.contentType()).isEqualTo("application/problem+json");
        assertThat(again.body().getString("type")).isEqualTo("/problems/unauthenticated");
        get(other.stop());
    }

    @Test
    void rejectsAMissingOrMalformedTicket() {
        for (String query : new String[] {
            "",
            "?ticket=",
            "?ticket=nonsense",
            "?ticket=" + "A".repeat(43),
            "?ticket=%00",
            "?ticket=" + "A".repeat(2000)
        }) {
            Answer answer = get("/api/events" + query);

            assertThat(answer.status()).as(query).isEqualTo(401);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
        }
    }

    @Test
    void givesATicketOnlyForAGoodToken() {
        assertThat(post("/api/events/ticket", null).status()).isEqualTo(401);
        assertThat(post("/api/events/ticket", "Bearer nonsense").status()).isEqualTo(401);
        Answer good = post("/api/events/ticket", "Bearer " + token("alice"));
        assertThat(good.status()).isEqualTo(201);
        assertThat(good.body().getInteger("expiresInSeconds")).isEqualTo(30);
    }

    @Test
    void aTicketExpires() {
        NotifierService brief = startNotifier(2, Map.of("ticketLife", "1000"));
        String ticket = ticket(brief, "alice");

        await().atMost(SOON)
                .pollDelay(Duration.ofMillis(1100))
                .untilAsserted(() -> assertThat(request(brief, HttpMethod.GET, "/api/events?ticket=" + ticket, null)
                                .status())
                        .isEqualTo(401));
        get(brief.stop());
    }

    @Test
    void answersEverythingElseWithAProblem() {
        assertThat(get("/api/sales/NOT-A-SALE/events").body().getString("type")).isEqualTo("/problems/unknown-sale");
        assertThat(get("/nowhere").body().getString("type")).isEqualTo("/problems/not-found");
        assertThat(post("/api/events", null).body().getString("type")).isEqualTo("/problems/method-not-allowed");
        assertThat(get("/" + "x".repeat(5000)).status()).isEqualTo(414);
        assertThat(post("/api/events/ticket", "Bearer " + "x".repeat(9000))
                        .body()
                        .getString("type"))
                .isEqualTo("/problems/headers-too-large");
        assertThat(get("/api/events?ticket=%zz").status()).isEqualTo(400);
    }

    @Test
    void letsPagesOfAllowedOriginsListen() {
        NotifierService open = startNotifier(3, Map.of("DOORBUSTER_CORS_ORIGINS", "https://shop.example"));

        assertThat(allowedOrigin(open, "https://shop.example")).isEqualTo("https://shop.example");
        assertThat(allowedOrigin(open, "https://elsewhere.example")).isNull();
        assertThat(allowedOrigin(notifier, "https://shop.example")).isNull();
        get(open.stop());
    }

    @Test
    void goesOnWhenTheBrokerWasKilledAndCameBack() {
        // Given a buyer of no other test: a killed broker may redeliver what was acknowledged just before
        SseClient dora = listenAs("dora");

        // When
        servers.rabbitmq().kill();
        await().atMost(SOON).until(() -> managementStatus("/health/ready") == 503);
        servers.rabbitmq().restart();

        // Then
        await().atMost(SOON).until(() -> managementStatus("/health/ready") == 200);
        await().atMost(SOON).until(ledger::isOpen);
        publish(Events.confirmed(sale, "dora"));
        await().atMost(SOON).untilAsserted(() -> assertThat(dora.names()).containsExactly("order.confirmed"));
    }

    @Test
    void reportsThatRedisIsDownAndKeepsItsOpenStreams() {
        // Given
        SseClient alice = listenAs("alice");
        servers.redis().kill();

        // When
        Answer refused = post("/api/events/ticket", "Bearer " + token("bob"));

        // Then
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().getString("type")).isEqualTo("/problems/overloaded");
        publish(Events.confirmed(sale, "alice"));
        await().atMost(SOON).until(() -> !alice.events().isEmpty());
        servers.redis().restart();
        await().atMost(SOON)
                .until(() ->
                        post("/api/events/ticket", "Bearer " + token("bob")).status() == 201);
    }

    @Test
    void countsSubscribers() {
        SseClient alice = listenAs("alice");

        String metrics = get(client.request(HttpMethod.GET, notifier.managementPort(), "127.0.0.1", "/metrics")
                .compose(request -> Exchange.send(request, HttpClientResponse::body))
                .map(Buffer::toString));

        assertThat(alice.isOpen()).isTrue();
        assertThat(metrics).contains("doorbuster_sse_subscribers{stream=\"buyer\",} 1.0");
    }

    @Test
    void endsItsStreamsWhenItStops() {
        NotifierService ending = startNotifier(4);
        SseClient anyone = open(ending, "/api/sales/" + sale + "/events");

        get(ending.stop());

        await().atMost(SOON).until(anyone::isEnded);
        assertThat(anyone.text()).contains(": this server stops; connect again");
    }

    private NotifierService startNotifier(int ordinal) {
        return startNotifier(ordinal, Map.of());
    }

    private NotifierService startNotifier(int ordinal, Map<String, String> more) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return get(NotifierService.start(vertx, registry, config(ordinal, more)));
    }

    private static NotifierConfig config(int ordinal) {
        return config(ordinal, Map.of());
    }

    private static NotifierConfig config(int ordinal, Map<String, String> more) {
        var variables = new HashMap<>(servers.variables());
        variables.put("DOORBUSTER_INSTANCE_ORDINAL", Integer.toString(ordinal));
        variables.put("DOORBUSTER_HTTP_PORT", "0");
        variables.put("DOORBUSTER_MANAGEMENT_PORT", "0");
        variables.put("DOORBUSTER_JWT_SECRET", SECRET);
        variables.put("activityInterval", "50");
        for (String redis : List.of("redis", "live.main")) {
            variables.put(redis + ".connectMax", "20000");
            variables.put(redis + ".commandMax", "20000");
        }
        variables.putAll(more);
        return Overrides.in(NotifierConfig.fromEnv(variables), variables);
    }

    private void publish(Message message) {
        get(ledger.publish(Route.event(message.type(), sale), message));
    }

    private SseClient listenAs(String buyer) {
        return open(notifier, "/api/events?ticket=" + ticket(buyer));
    }

    private SseClient open(NotifierService at, String path) {
        SseClient sse = SseClient.open(client, at.port(), path);
        await().atMost(SOON).until(sse::isOpen);
        return sse;
    }

    private String ticket(String buyer) {
        return ticket(notifier, buyer);
    }

    private String ticket(NotifierService at, String buyer) {
        return request(at, HttpMethod.POST, "/api/events/ticket", "Bearer " + token(buyer))
                .body()
                .getString("ticket");
    }

    private String token(String buyer) {
        var key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(SECRET));
        var claims = new JsonObject().put("sub", buyer).put("roles", new JsonArray().add("buyer"));
        return JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key))
                .generateToken(claims, new JWTOptions().setAlgorithm("HS256").setExpiresInSeconds(600));
    }

    private static SseClient.Received event(SseClient sse, String name) {
        return sse.events().stream()
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Answer get(String path) {
        return request(notifier, HttpMethod.GET, path, null);
    }

    private Answer post(String path, String authorization) {
        return request(notifier, HttpMethod.POST, path, authorization);
    }

    private Answer request(NotifierService at, HttpMethod method, String path, String authorization) {
        return get(client.request(method, at.port(), "127.0.0.1", path).compose(request -> {
            if (authorization != null) {
                request.putHeader("Authorization", authorization);
            }
            return Exchange.send(
                    request,
                    response -> response.body()
                            .map(body -> new Answer(
                                    response.statusCode(), response.getHeader("Content-Type"), new JsonObject(body))));
        }));
    }

    private int managementStatus(String path) {
        return get(client.request(HttpMethod.GET, notifier.managementPort(), "127.0.0.1", path)
                .compose(request -> request.send())
                .map(HttpClientResponse::statusCode));
    }

    private String allowedOrigin(NotifierService at, String origin) {
        return get(client.request(HttpMethod.OPTIONS, at.port(), "127.0.0.1", "/api/events/ticket")
                .compose(request -> request.putHeader("Origin", origin)
                        .putHeader("Access-Control-Request-Method", "POST")
                        .send())
                .map(response -> response.getHeader("Access-Control-Allow-Origin")));
    }

    @CanIgnoreReturnValue
    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
