package dev.doorbuster.notifier;

import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.notifier.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.auth.BearerTokens;
import dev.doorbuster.runtime.auth.TokenConfig;
import dev.doorbuster.waitingroom.Draw;
import dev.doorbuster.waitingroom.Entrants;
import dev.doorbuster.waitingroom.ProofOfWork;
import dev.doorbuster.waitingroom.QueuePasses;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A waiting room whose Redis is emptied, then away, becomes what is configured. */
class RoomLossIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(RABBITMQ, REDIS);

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final SaleId sale = SaleId.random(new SecureRandom());
    private final String seed = Draw.newSeed(new SecureRandom());
    private final Instant opensAt = Instant.now();
    private Stage stage;
    private HttpServer shop;
    private NotifierService notifier;

    /** Less often than a buyer is refused. */
    private static final Duration BUYER_ASKS_EVERY = Duration.ofMillis(300);

    private record Told(int status, JsonObject json, String retryAfter) {}

    private volatile int workBits;
    private volatile String state = "OPEN";
    private volatile int available = 100;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(servers);
        shop = Stage.get(stage.vertx()
                .createHttpServer()
                .requestHandler(request -> request.response().end(sale().toBuffer()))
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @Test
    void aNewQueueByDefault() {
        // Given
        open("queue");

        // When
        servers.redis().wipe();
        Told emptied = join("bob");
        servers.redis().kill();
        Told away = join("carol");
        servers.redis().restart();

        // Then
        assertThat(emptied.json().getString("phase")).isEqualTo("OPEN");
        assertThat(emptied.json().getString("place")).isIn("QUEUE", "ADMITTED");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.json().getString("type")).isEqualTo("/problems/waiting-room-away");
        await().atMost(SOON).until(() -> join("carol").status() == 200);
    }

    @Test
    void anOpenDoorWhereConfigured() {
        // Given
        open("door");

        // When
        servers.redis().wipe();
        Told emptied = join("bob");
        servers.redis().kill();
        Told away = join("carol");
        servers.redis().restart();

        // Then
        for (Map.Entry<String, Told> each :
                Map.of("bob", emptied, "carol", away).entrySet()) {
            JsonObject told = each.getValue().json();
            assertThat(told.getString("phase")).isEqualTo("DOOR");
            assertThat(told.getString("place")).isEqualTo("ADMITTED");
            assertThat(new QueuePasses(SECRET).isValid(told.getString("pass"), sale, each.getKey(), Instant.now()))
                    .isTrue();
        }
    }

    /** The order-service is an edge that does not know it yet. */
    @Test
    void theEventThatNothingIsLeftEndsTheRoomAndBeginsStreamsThatAreOpenedLater() {
        // Given
        open("queue");
        SseClient before = stream();

        // When
        stage.publish(Events.soldOutInTurn(sale));

        // Then
        await().atMost(SOON).until(() -> phases(before).endsWith("ENDED"));
        SseClient later = stream();
        await().atMost(SOON).until(() -> phases(later).equals("ENDED"));
    }

    /** A notifier that had lost its broker for a while; meanwhile units were returned. */
    @Test
    void aLateEventThatNothingIsLeftEndsNoRoomOfASaleThatIsOpen() {
        // Given
        open("queue");
        List<String> buyers =
                IntStream.range(0, 10).mapToObj(number -> "buyer-" + number).toList();
        for (String buyer : buyers) {
            assertThat(join(buyer).status()).isEqualTo(200);
        }
        SseClient stream = stream();

        // When
        stage.publish(Events.sent(Instant.now().minusSeconds(10), Events.soldOutInTurn(sale)));
        await().atMost(SOON)
                .until(() ->
                        stream.events().stream().anyMatch(event -> event.name().equals("sale.sold-out")));

        // Then
        for (String buyer : buyers) {
            Told told = send(HttpMethod.GET, "/place", buyer);
            assertThat(told.json().getString("phase")).isEqualTo("OPEN");
            assertThat(told.json().getString("place")).isIn("QUEUE", "ADMITTED");
        }
        assertThat(phases(stream)).doesNotContain("ENDED");
    }

    @Test
    void whoStoodByAndDidNotGetTheReturnedUnitStandsByAgainAtTheSamePlace() {
        // Given
        open("queue");
        becomes("SOLD_OUT", 0);
        await().atMost(SOON).until(() -> phase().equals("ENDED"));
        for (String buyer : List.of("bob", "carol", "dave")) {
            assertThat(send(HttpMethod.POST, "/place?standby=true", buyer)
                            .json()
                            .getString("place"))
                    .isEqualTo("STANDBY");
        }
        becomes("OPEN", 2);
        awaitPlace("bob", "ADMITTED");
        awaitPlace("carol", "ADMITTED");

        // When
        stage.publish(Events.confirmed(sale, "bob"));
        becomes("SOLD_OUT", 0);
        await().atMost(SOON).until(() -> phase().equals("ENDED"));

        // Then
        awaitPlace("bob", "NOT_HERE");
        awaitPlace("carol", "STANDBY");
        assertThat(send(HttpMethod.GET, "/place", "carol").json().getLong("ahead"))
                .isZero();
        assertThat(send(HttpMethod.GET, "/place", "dave").json().getLong("ahead"))
                .isEqualTo(1);
    }

    private void becomes(String newState, int newAvailable) {
        available = newAvailable;
        state = newState;
    }

    private String phase() {
        return send(HttpMethod.GET, "", null).json().getString("phase");
    }

    private void awaitPlace(String buyer, String place) {
        await().atMost(SOON)
                .pollInterval(BUYER_ASKS_EVERY)
                .until(() -> place.equals(
                        send(HttpMethod.GET, "/place", buyer).json().getString("place")));
    }

    private SseClient stream() {
        SseClient stream = SseClient.open(stage.client(), notifier.port(), "/api/sales/" + sale + "/events");
        await().atMost(SOON).until(stream::isOpen);
        return stream;
    }

    private static String phases(SseClient stream) {
        return stream.events().stream()
                .filter(event -> event.name().equals("room.moved"))
                .map(event -> event.data().getString("phase"))
                .collect(Collectors.joining(" "));
    }

    @Test
    void refusesCallersWithoutATokenAndSalesWithoutARoom() {
        open("queue");

        assertThat(send(HttpMethod.GET, "/place", null).status()).isEqualTo(401);
        assertThat(send(HttpMethod.GET, "/draw?from=x", null).status()).isEqualTo(400);
        Told draw = send(HttpMethod.GET, "/draw", null);
        assertThat(draw.json().getString("seed")).isEqualTo(seed);
        assertThat(draw.json().getString("commitment")).isEqualTo(Draw.commitment(seed));
    }

    @Test
    void takesNewPlacesForTheProofOfWorkOnly() {
        // Given
        open("queue");
        workBits = 8;
        String entrant = new Entrants(SECRET).of(sale, "bob");
        var others = new AtomicInteger();
        await().atMost(SOON)
                .until(() -> join("other-" + others.incrementAndGet()).status() == 403);

        // When
        Told without = join("bob");
        Told told = send(HttpMethod.GET, "/place", "bob");
        String work = Stream.iterate(0, n -> n + 1)
                .map(Object::toString)
                .filter(text -> ProofOfWork.isValid(sale, entrant, text, 8))
                .findFirst()
                .orElseThrow();
        Told with = send(HttpMethod.POST, "/place", "bob", work);

        // Then
        assertThat(without.json().getString("type")).isEqualTo("/problems/work-required");
        assertThat(told.json().getInteger("workBits")).isEqualTo(8);
        assertThat(told.json().getString("entrant")).isEqualTo(entrant);
        assertThat(with.json().getString("place")).isIn("QUEUE", "ADMITTED");
        assertThat(join("bob").status()).as("who has a place needs no work").isEqualTo(200);
    }

    @Test
    void refusesABuyerWhoAsksTooOften() {
        open("queue");

        var told = new AtomicReference<Told>();
        await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> {
            told.set(join("mallory"));
            return told.get().status() == 429;
        });

        assertThat(told.get().json().getString("type")).isEqualTo("/problems/rate-limited");
        assertThat(told.get().retryAfter()).isEqualTo("1");
        assertThat(join("bob").status()).isEqualTo(200);
    }

    /** The room is open, and this notifier has seen that. */
    private void open(String onLoss) {
        notifier = stage.startNotifier(Map.of(
                "DOORBUSTER_SALES_URL",
                "http://127.0.0.1:" + shop.actualPort(),
                "DOORBUSTER_WAITING_ROOM_LOST",
                onLoss,
                "live.main.connectMax",
                "30000",
                "live.main.commandMax",
                "30000"));
        assertThat(join("alice").status()).isEqualTo(200);
        await().atMost(SOON).until(() -> {
            Told room = send(HttpMethod.GET, "", null);
            return "OPEN".equals(room.json().getString("phase")) && room.json().getLong("admitted") == 1;
        });
    }

    private JsonObject sale() {
        return new JsonObject()
                .put("saleId", sale.value())
                .put("title", "Lamp")
                .put("currency", "EUR")
                .put("state", state)
                .put("available", available)
                .put("opensAt", opensAt.toString())
                .put(
                        "waitingRoom",
                        new JsonObject()
                                .put("admitPerSecond", 1)
                                .put("workBits", workBits)
                                .put("commitment", Draw.commitment(seed))
                                .put("seed", seed));
    }

    private Told join(String buyer) {
        return send(HttpMethod.POST, "/place", buyer);
    }

    private Told send(HttpMethod method, String path, String buyer) {
        return send(method, path, buyer, null);
    }

    private Told send(HttpMethod method, String path, String buyer, String work) {
        return Stage.get(stage.client()
                .request(method, notifier.port(), "127.0.0.1", "/api/sales/" + sale + "/waiting-room" + path)
                .compose(request -> {
                    if (buyer != null) {
                        var claims = new JsonObject().put("sub", buyer).put("roles", new JsonArray().add("buyer"));
                        String token = new BearerTokens(new TokenConfig(SECRET)).mint(claims, Duration.ofHours(1));
                        request.putHeader("Authorization", "Bearer " + token);
                    }
                    if (work != null) {
                        request.putHeader("Queue-Work", work);
                    }
                    return Exchange.send(
                            request,
                            response -> response.body()
                                    .map(body -> new Told(
                                            response.statusCode(),
                                            body.toJsonObject(),
                                            response.getHeader("Retry-After"))));
                }));
    }
}
