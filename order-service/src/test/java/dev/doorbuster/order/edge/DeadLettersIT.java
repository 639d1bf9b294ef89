package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Listing, replaying and discarding dead letters over HTTP. */
class DeadLettersIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ACTS_LOG = "dev.doorbuster.order.edge.operations.DeadLetterActions";
    private static final int SHOWN_MAX = 3;
    private static final Vertx VERTX = Vertx.vertx();
    private static RunningEdge edge;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private TestDeadLetters queues;

    @BeforeAll
    static void start() {
        edge = RunningEdge.start(VERTX, servers, "edge.operations.deadLettersMax", Integer.toString(SHOWN_MAX));
    }

    @AfterAll
    static void stop() {
        edge.stop();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void open() throws Exception {
        queues = new TestDeadLetters(edge.broker);
        log.start();
        ((Logger) LoggerFactory.getLogger(ACTS_LOG)).addAppender(log);
    }

    @AfterEach
    void leaveNone() throws Exception {
        ((Logger) LoggerFactory.getLogger(ACTS_LOG)).detachAppender(log);
        queues.close();
        for (JsonArray all = shown(); !all.isEmpty(); all = shown()) {
            Answer unused = discard(ids(all).toArray(String[]::new));
        }
    }

    private static Message holdOver() {
        return Message.of(edge.create(sale()), new OrderHoldOver(UUID.randomUUID()));
    }

    private static Answer replay(String... ids) {
        return act("dead-letters/replay", ids);
    }

    private static Answer discard(String... ids) {
        return act("dead-letters/discard", ids);
    }

    private static Answer act(String what, String... ids) {
        String body = new JsonObject().put("ids", new JsonArray(List.of(ids))).encode();
        return edge.http.send("POST", "/api/dead-letters/" + what, body, operator(), JSON);
    }

    private static JsonObject list() {
        Answer answer = edge.get("/api/dead-letters", "operator", "operator");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonArray shown() {
        return list().getJsonArray("letters");
    }

    private static List<String> ids(JsonArray deadLetters) {
        return IntStream.range(0, deadLetters.size())
                .mapToObj(i -> deadLetters.getJsonObject(i).getString("id"))
                .toList();
    }

    private static void isDone(Answer answer, String... ids) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getJsonArray("done")).containsExactlyInAnyOrder((Object[]) ids);
        assertThat(answer.json().getJsonArray("gone")).isEmpty();
        assertThat(answer.json().getJsonArray("stayed")).isEmpty();
    }

    private static void isProblem(Answer answer, int status, String slug) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.slug()).isEqualTo(slug);
    }

    @Test
    void theyAreListedWithAllThatIsKnownAndStayWhereTheyLie() throws Exception {
        // Given
        Message message = holdOver();
        String id = queues.setAside(message, Route.command(message));

        // When
        JsonArray once = shown();
        JsonObject letter = shown().getJsonObject(0);

        // Then
        assertThat(once).hasSize(1);
        assertThat(letter.getString("id")).isEqualTo(id);
        assertThat(letter.getString("lies")).isEqualTo("dead-letters");
        assertThat(letter.getString("type")).isEqualTo("order.hold-over.v1");
        assertThat(letter.getString("saleId")).isEqualTo(message.sale().value());
        assertThat(letter.getString("cause")).isEqualTo("refused");
        assertThat(letter.getString("reason")).isEqualTo("for a reason");
        assertThat(letter.getString("loss")).isEqualTo("ends-of-holds");
        assertThat(letter.getString("content")).contains(message.id().toString());
    }

    @Test
    void reportsMoreOnlyIfThereAreMore() throws Exception {
        // Given
        for (int i = 0; i < SHOWN_MAX; i++) {
            setAside();
        }
        assertThat(shown()).hasSize(SHOWN_MAX);
        assertThat(list().getBoolean("complete")).isTrue();

        // When
        setAside();

        // Then
        assertThat(shown()).hasSize(SHOWN_MAX);
        assertThat(list().getBoolean("complete")).isFalse();
    }

    @CanIgnoreReturnValue
    private String setAside() throws Exception {
        Message message = holdOver();
        return queues.setAside(message, Route.command(message));
    }

    @Test
    void oneThatIsSentBackComesOnceToWhereItWasAndIsGone() throws Exception {
        // Given
        Message message = holdOver();
        String id = queues.setAside(message, Route.command(message));
        String origin = queues.listenTo(Route.command(message));

        // When
        Answer answer = replay(id);

        // Then
        isDone(answer, id);
        GetResponse back = queues.take(origin);
        assertThat(back.getProps().getMessageId()).isEqualTo(id);
        assertThat(back.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(back.getProps().getHeaders())
                .containsEntry(DeadLetter.REPLAYS, 1L)
                .doesNotContainKey("x-doorbuster-cause");
        assertThat(queues.take(origin)).isNull();
        assertThat(shown()).isEmpty();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith("operator replayed order.hold-over.v1 " + id);
    }

    @Test
    void aDiscardedDeadLetterIsLoggedWithOperatorAndContent() throws Exception {
        // Given
        SaleId sale = edge.create(sale());
        var payment = new OrderPayment(
                UUID.randomUUID(), UUID.randomUUID(), "alice", "bank-4711", null, null, "no edge", Instant.now(), null);
        String id = queues.setAside(Message.of(sale, payment), Route.command(Message.of(sale, payment)));
        String other = setAside();
        assertThat(shown().getJsonObject(0).getString("loss")).isEqualTo("payments");

        // When
        Answer answer = discard(id);

        // Then
        isDone(answer, id);
        assertThat(ids(shown())).containsExactly(other);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith("operator discards order.payment.v1 " + id + " of sale " + sale)
                .contains("refused: for a reason", "bank-4711");
    }

    @Test
    void whatIsGoneIsAProblemTheSecondTimeWhateverWasDoneFirst() throws Exception {
        // Given
        String sent = setAside();
        String discarded = setAside();
        isDone(replay(sent), sent);
        isDone(discard(discarded), discarded);

        // When, Then
        isProblem(replay(sent), 404, "unknown-letter");
        isProblem(discard(sent), 404, "unknown-letter");
        isProblem(replay(discarded), 404, "unknown-letter");
        isProblem(discard(discarded), 404, "unknown-letter");
    }

    @Test
    void ofTwoOperatorsAtTheSameTimeOneHearsThatItIsGone() throws Exception {
        // Given
        Message message = holdOver();
        String id = queues.setAside(message, Route.command(message));
        String origin = queues.listenTo(Route.command(message));

        // When
        List<CompletableFuture<Answer>> both = List.of(
                CompletableFuture.supplyAsync(() -> replay(id)), CompletableFuture.supplyAsync(() -> replay(id)));

        // Then
        var statuses = new ArrayList<Integer>();
        both.forEach(each -> statuses.add(each.join().status()));
        assertThat(statuses).containsExactlyInAnyOrder(200, 404);
        assertThat(queues.take(origin)).isNotNull();
        assertThat(queues.take(origin)).isNull();
    }

    @Test
    void manyAreDoneAtOnceAndEachIsAccountedFor() throws Exception {
        // Given
        String first = setAside();
        String second = setAside();
        String left = setAside();

        // When
        Answer answer = discard(first, "somebody else was faster", second);

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getJsonArray("done")).containsExactly(first, second);
        assertThat(answer.json().getJsonArray("gone")).containsExactly("somebody else was faster");
        assertThat(ids(shown())).containsExactly(left);
    }

    @Test
    void aReplayThatFailsLeavesTheDeadLetterAndReportsWhy() throws Exception {
        // Given
        Message message = holdOver();
        String id = queues.setAside(message, new Route("no-such-exchange", "key"));

        // When
        Answer answer = replay(id);

        // Then
        isProblem(answer, 409, "letter-stays");
        assertThat(answer.json().getString("detail")).contains("no-such-exchange");
        assertThat(ids(shown())).containsExactly(id);
    }

    @Test
    void whereTheBrokerIsAwayNothingIsDone() throws Exception {
        // Given
        String id = setAside();
        servers.rabbitmq().pause();

        // When
        Answer sent;
        Answer discarded;
        try {
            sent = replay(id);
            discarded = discard(id);
        } finally {
            servers.rabbitmq().resume();
        }

        // Then
        isProblem(sent, 503, "overloaded");
        isProblem(discarded, 503, "overloaded");
        assertThat(sent.header("Retry-After")).isNotNull();
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .untilAsserted(() -> assertThat(ids(shown())).containsExactly(id));
    }

    /** The test holds other dead letters, like a session whose connection has not closed yet. */
    @Test
    void anEmptyListAfterAFailedSessionIsIncomplete() throws Exception {
        // Given
        String id = setAside();
        GetResponse held = queues.take("dead-letters");
        servers.rabbitmq().pause();
        try {
            isProblem(edge.get("/api/dead-letters", "operator", "operator"), 503, "overloaded");
        } finally {
            servers.rabbitmq().resume();
        }

        // When
        var seen = new ArrayList<JsonObject>();
        await().atMost(SOON).until(() -> {
            Answer answer = edge.get("/api/dead-letters", "operator", "operator");
            return answer.status() == 200 && seen.add(answer.json());
        });

        // Then
        assertThat(seen.get(0).getJsonArray("letters")).isEmpty();
        assertThat(seen.get(0).getBoolean("complete")).isFalse();

        // When
        queues.putBack(held);

        // Then
        await().atMost(SOON).until(() -> ids(shown()).equals(List.of(id)));
        isDone(discard(id), id);
        assertThat(shown()).isEmpty();
        assertThat(list().getBoolean("complete")).isTrue();
    }

    @Test
    void isForOperatorsOnly() {
        for (String what : List.of("replay", "discard")) {
            String path = "/api/dead-letters/dead-letters/" + what;
            isProblem(edge.http.send("POST", path, "{\"ids\":[\"a\"]}", JSON), 401, "unauthenticated");
            isProblem(
                    edge.http.send("POST", path, "{\"ids\":[\"a\"]}", JSON, bearer("alice", "buyer")),
                    403,
                    "forbidden");
        }
        assertThat(edge.http.send("GET", "/api/dead-letters", null).status()).isEqualTo(401);
        assertThat(edge.get("/api/dead-letters", "alice", "buyer").status()).isEqualTo(403);
    }

    @Test
    void aRequestThatNamesNothingTooMuchOrAnotherQueueIsRefused() {
        assertThat(act("ledger.orders.0/discard", "a").json().getString("detail"))
                .contains("path \"queue\" must be \"dead-letters.second-chance\" or");
        assertThat(discard().json().getString("detail")).contains("\"ids\" must be a list");
        assertThat(discard("a", "").json().getString("detail")).contains("\"ids\" must be a list");
        assertThat(discard("a", "b", "c", "d").json().getString("detail"))
                .contains("\"ids\" must be at most " + SHOWN_MAX);
        assertThat(edge.http
                        .send("POST", "/api/dead-letters/dead-letters/discard", "{\"all\":true}", operator(), JSON)
                        .json()
                        .getJsonArray("errors"))
                .containsExactly("\"ids\" is missing", "unknown field \"all\"");
    }
}
