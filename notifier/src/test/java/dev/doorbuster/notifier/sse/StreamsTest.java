package dev.doorbuster.notifier.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.SseClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams on a small HTTP server, all on one event loop. */
class StreamsTest {
    private static final StreamTopic SALE = StreamTopic.sale(new SaleId("k7wq2mzr5xv3ta6b"));
    private static final StreamTopic ALICE = StreamTopic.buyer("alice");
    private static final Duration LONG = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final HttpClient client = SseClient.client(vertx);
    /** Kept, because Vert.x closes a client that is garbage-collected. */
    private final NetClient sockets = vertx.createNetClient();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger connections = new AtomicInteger();
    private Streams streams;
    private int port;

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void opensAStreamThatMustNotBeCachedOrBuffered() {
        serve(config(10, 4, LONG));

        SseClient sse = listen("/sale");

        assertThat(sse.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(sse.header("Cache-Control")).isEqualTo("no-store");
        assertThat(sse.header("X-Accel-Buffering")).isEqualTo("no");
        assertThat(sse.text()).isEqualTo("retry: 3000\n: connected\n\n");
    }

    @Test
    void publishesToAllSubscribersOfATopicOnly() {
        // Given
        serve(config(10, 4, LONG));
        SseClient first = listen("/sale");
        SseClient second = listen("/sale");
        SseClient other = listen("/alice");

        // When
        publish(SALE, "sale.closed");
        publish(ALICE, "order.paid");

        // Then
        await().until(() ->
                Stream.of(first, second, other).noneMatch(sse -> sse.events().isEmpty()));
        assertThat(first.names()).containsExactly("sale.closed");
        assertThat(second.names()).containsExactly("sale.closed");
        assertThat(other.names()).containsExactly("order.paid");
    }

    @Test
    void writesAggregatesTogetherAndBeforeTheNextEvent() {
        // Given
        serve(config(10, 4, LONG));
        SseClient sse = listen("/sale");
        publish(SALE, null, "sale.activity", new JsonObject().put("n", 1));
        await().until(() -> sse.events().size() == 1);

        // When
        boolean unused = onLoop(() -> {
            streams.publish(SALE, event(null, "sale.activity", 2));
            streams.publishState(SALE, event(null, "room.moved", 3), false);
            streams.publish(SALE, event(null, "sale.activity", 4));
            streams.publishState(SALE, event(null, "room.moved", 5), false);
            streams.publish(SALE, event("m/1", "sale.sold-out", 6));
            streams.publish(SALE, event(null, "sale.activity", 7));
            streams.publishState(SALE, event(null, "room.moved", 5), true);
            return true;
        });

        // Then
        await().until(() -> sse.events().size() == 6);
        assertThat(sse.events())
                .extracting(received -> received.data().getInteger("n"))
                .containsExactly(1, 2, 4, 5, 6, 7);
        assertThat(registry.get("doorbuster.sse.events")
                        .tag("stream", "sale")
                        .counter()
                        .count())
                .isEqualTo(6);
    }

    @Test
    void beginsAStreamWithTheStateOfItsTopic() {
        // Given
        serve(config(10, 4, LONG));
        boolean unused = onLoop(() -> {
            streams.publishState(SALE, event(null, "room.moved", 1), true);
            streams.publishState(SALE, event(null, "room.moved", 2), false);
            return true;
        });

        // When
        SseClient sse = listen("/sale");
        SseClient other = listen("/alice");

        // Then
        await().until(() -> sse.events().size() == 1);
        assertThat(sse.events().get(0).data().getInteger("n")).isEqualTo(2);
        assertThat(other.events()).isEmpty();
    }

    private static ServerSentEvent event(String id, String name, int n) {
        return new ServerSentEvent(id, name, new JsonObject().put("n", n));
    }

    @Test
    void sendsACommentWhereNothingHappens() {
        serve(config(10, 4, Duration.ofMillis(20)));

        SseClient sse = listen("/sale");

        await().until(() -> sse.text().contains(": heartbeat\n\n: heartbeat\n\n"));
    }

    @Test
    void opensAStreamForAsLongAsItMayWhateverLifeIsAsked() {
        serve(config(10, 4, LONG));

        SseClient sse = listen("/endless");

        assertThat(sse.text()).contains(": connected");
    }

    @Test
    void admitsNoMoreThanItMay() {
        serve(config(2, 4, LONG));
        listen("/sale");
        listen("/alice");

        assertThat(onLoop(() -> streams.admission(SALE))).isEqualTo(Streams.Admission.FULL);
    }

    @Test
    void admitsNoMoreStreamsOfOneBuyerThanItMay() {
        serve(config(10, 4, LONG));
        listen("/alice");
        listen("/alice");

        assertThat(onLoop(() -> streams.admission(ALICE))).isEqualTo(Streams.Admission.TOO_MANY_OF_ONE);
        assertThat(onLoop(() -> streams.admission(StreamTopic.buyer("bob")))).isEqualTo(Streams.Admission.ADMITTED);
    }

    @Test
    void continuesAfterTheLastEventOnReconnect() {
        // Given
        serve(config(10, 4, LONG));
        for (String id : List.of("a", "b", "c")) {
            publish(SALE, id, "sale.opened", new JsonObject());
            publish(ALICE, id, "order.paid", new JsonObject());
        }
        publish(SALE, null, "sale.activity", new JsonObject());

        // When
        SseClient again = listenSince("a");
        SseClient upToDate = listenSince("c");
        publish(SALE, "d", "sale.closed", new JsonObject());

        // Then
        await().until(() -> again.events().size() == 3 && upToDate.events().size() == 1);
        assertThat(again.events()).extracting(SseClient.Received::id).containsExactly("b", "c", "d");
        assertThat(upToDate.events()).extracting(SseClient.Received::id).containsExactly("d");
    }

    @Test
    void reportsThatMissedEventsAreUnknown() {
        // Given
        serve(config(10, 4, LONG));
        for (int i = 0; i < 9; i++) {
            publish(SALE, "e" + i, "sale.opened", new JsonObject());
        }

        // When
        SseClient forgotten = listenSince("e0");
        SseClient tooMuch = listenSince("e1");
        SseClient unknown = listenSince("of another sale");
        SseClient remembered = listenSince("e6");

        // Then
        await().until(() -> remembered.events().size() == 2
                && Stream.of(forgotten, tooMuch, unknown)
                        .noneMatch(sse -> sse.events().isEmpty()));
        assertThat(forgotten.names()).containsExactly("events.missed");
        assertThat(tooMuch.names()).containsExactly("events.missed");
        assertThat(unknown.names()).containsExactly("events.missed");
    }

    @Test
    void forgetsClosedStreams() {
        // Given
        serve(config(1, 4, LONG));
        HttpClient leaving = SseClient.client(vertx);
        SseClient sse = SseClient.open(leaving, port, "/sale");
        await().until(sse::isOpen);

        // When
        Future<Void> left = leaving.close();

        // Then
        await().until(left::succeeded);
        await().until(() -> onLoop(() -> streams.admission(SALE)) == Streams.Admission.ADMITTED);
        assertThat(onLoop(() -> streams.hasListeners(SALE))).isFalse();
        assertThat(subscribers()).isZero();
    }

    @Test
    void endsASlowStreamAndKeepsTheOthers() {
        // Given
        serve(config(10, 4, LONG));
        SseClient reading = listen("/sale");
        NetSocket stalled = listenWithoutReading();
        await().until(() -> subscribers() == 2);

        // When
        floodUntilOneIsDropped(reading);

        // Then
        publish(SALE, "sale.closed");
        await().until(() -> reading.names().contains("sale.closed"));
        assertThat(subscribers()).isEqualTo(1);
        var received = new AtomicReference<>("");
        stalled.handler(bytes -> received.accumulateAndGet(bytes.toString(), String::concat))
                .resume();
        await().until(() -> received.get().contains(": dropped: events came faster than they were read"));
    }

    @Test
    void closesTheConnectionOfAClientThatDoesNotReadTheEnd() {
        // Given
        serve(config(10, 4, LONG), Duration.ofSeconds(3));
        NetSocket stalled = listenWithoutReading();
        await().until(() -> subscribers() == 1);

        // When
        floodUntilOneIsDropped();

        // Then
        await().until(() -> connections.get() == 0);
        stalled.close();
    }

    @Test
    void letsAStreamLiveNoLongerThanItsListenerMayListen() {
        serve(config(10, 4, LONG));

        SseClient sse = listen("/brief");

        await().until(sse::isEnded);
        assertThat(sse.text()).endsWith(": time is up; connect again\n\n");
        assertThat(subscribers()).isZero();
    }

    @Test
    void endsStreamsWhenItStops() {
        // Given
        serve(config(10, 4, LONG));
        SseClient sse = listen("/sale");

        // When
        Future<Void> stopped =
                Future.future(promise -> loop.runOnContext(v -> streams.stop().onComplete(promise)));

        // Then
        await().until(stopped::succeeded);
        await().until(sse::isEnded);
        assertThat(sse.text()).contains(": this server stops; connect again");
        assertThat(onLoop(() -> streams.admission(SALE))).isEqualTo(Streams.Admission.FULL);
    }

    private void serve(StreamConfig config) {
        serve(config, Duration.ZERO);
    }

    /** A connection that is idle for longer is closed; zero for never. */
    private void serve(StreamConfig config, Duration idleMax) {
        port = onLoopAsync(() -> {
                    streams = new Streams(vertx, config, new StreamMetrics(registry));
                    HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                                    .setIdleTimeout(Math.toIntExact(idleMax.toMillis()))
                                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                            .connectionHandler(connection -> {
                                connections.incrementAndGet();
                                connection.closeHandler(v -> connections.decrementAndGet());
                            })
                            .requestHandler(request -> {
                                switch (request.path()) {
                                    case "/alice" -> streams.open(ALICE, request, null, LONG);
                                    case "/endless" ->
                                        streams.open(SALE, request, null, Duration.ofSeconds(Long.MAX_VALUE));
                                    case "/brief" -> streams.open(SALE, request, null, Duration.ofMillis(30));
                                    default -> streams.open(SALE, request, request.getHeader("Last-Event-ID"), LONG);
                                }
                            });
                    return server.listen(0, "127.0.0.1");
                })
                .actualPort();
    }

    private static StreamConfig config(int subscribersMax, int backlogMax, Duration heartbeat) {
        return new StreamConfig(
                subscribersMax, 2, 8, backlogMax, 1024, heartbeat, Duration.ofSeconds(3), LONG, Duration.ofMillis(500));
    }

    private NetSocket listenWithoutReading() {
        Future<NetSocket> connected = sockets.connect(port, "127.0.0.1");
        await().until(connected::succeeded);
        connected.result().pause().write("GET /sale HTTP/1.1\r\nHost: x\r\n\r\n");
        return connected.result();
    }

    /**
     * With events large enough to fill the kernel's socket buffers. The next one is published when the readers have the one
     * before: on a busy machine they, too, are slow.
     */
    private void floodUntilOneIsDropped(SseClient... readers) {
        String padding = "x".repeat(64 * 1024);
        var published = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            publish(SALE, "sale.activity", new JsonObject().put("padding", padding));
            published.incrementAndGet();
            for (SseClient each : readers) {
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> each.length() > published.get() * padding.length());
            }
            return dropped() == 1;
        });
    }

    @CanIgnoreReturnValue
    private SseClient listen(String path) {
        SseClient sse = SseClient.open(client, port, path);
        await().until(sse::isOpen);
        return sse;
    }

    private void publish(StreamTopic streamTopic, String name) {
        publish(streamTopic, name, new JsonObject());
    }

    private void publish(StreamTopic streamTopic, String name, JsonObject data) {
        publish(streamTopic, "m/0", name, data);
    }

    private void publish(StreamTopic streamTopic, String id, String name, JsonObject data) {
        boolean unused = onLoop(() -> {
            streams.publish(streamTopic, new ServerSentEvent(id, name, data));
            return true;
        });
    }

    private SseClient listenSince(String lastEventId) {
        SseClient sse = SseClient.open(client, port, "/sale", lastEventId);
        await().until(sse::isOpen);
        return sse;
    }

    private double dropped() {
        return registry.get("doorbuster.sse.dropped")
                .tag("stream", "sale")
                .counter()
                .count();
    }

    private double subscribers() {
        return registry.get("doorbuster.sse.subscribers")
                .tag("stream", "sale")
                .gauge()
                .value();
    }

    private <T> T onLoop(Supplier<T> question) {
        return onLoopAsync(() -> Future.succeededFuture(question.get()));
    }

    private <T> T onLoopAsync(Supplier<Future<T>> question) {
        Future<T> answer =
                Future.future(promise -> loop.runOnContext(v -> question.get().onComplete(promise)));
        return answer.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
