package dev.doorbuster.order.edge.pending;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.runtime.amqp.publish.PublishException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Behaviour common to all pending requests; the placement's tests cover what is specific to orders. */
class PendingRequestsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final int REQUESTS = 100;
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\ndecided";

    private final PendingRequests<TestRequest, String> pending = new PendingRequests<>(VERTX, 2);
    private final Promise<Void> confirm = Promise.promise();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void registersARequestBeforeItPublishesIt() {
        var request = request(LONG, "undecided");

        Future<String> answer = pending.publish(request, () -> {
            pending.answer(request.requestId(), "decided");
            return confirm.future();
        });

        assertThat(answer.result()).isEqualTo("decided");
    }

    @Test
    void readsTheLedgerOnceThePatienceIsOverAndTheBrokerHasConfirmed() {
        // Given
        Future<String> answer = pending.publish(request(Duration.ofMillis(1), "decided"), confirm::future);
        pending.hurry();
        assertThat(answer.isComplete()).isFalse();

        // When
        confirm.complete();

        // Then
        assertThat(answer.result()).isEqualTo("decided");
        assertThat(pending.undecided()).isZero();
    }

    @Test
    void answersPendingIfTheLedgerCannotBeRead() {
        Future<String> answer = pending.publish(request(Duration.ofMillis(1), null), confirm::future);

        confirm.complete();

        Awaitility.await().until(answer::isComplete);
        assertThat(answer.result()).isEqualTo("pending");
    }

    @Test
    void answersFromTheLedgerWhenAnswersMayBeLostAndOnlyIfItHasDecided() {
        // Given
        Future<String> decided = pending.publish(request(LONG, "decided"), confirm::future);
        Future<String> undecided = pending.publish(request(LONG, "undecided"), confirm::future);

        // When
        pending.readLedger();

        // Then
        assertThat(decided.result()).isEqualTo("decided");
        assertThat(undecided.isComplete()).isFalse();
    }

    @Test
    void failsWithTheCauseIfNothingWasPublishedUnlikeAMissingConfirm() {
        // Given
        Future<String> refused = pending.publish(request(LONG, "undecided"), () -> Future.failedFuture("full"));

        // When
        Future<String> unknown = pending.publish(request(LONG, "undecided"), confirm::future);
        confirm.fail(new PublishException(PublishException.Kind.UNCONFIRMED, "no confirm"));

        // Then
        assertThat(refused.cause()).hasMessage("full");
        assertThat(unknown.cause()).hasMessage("unknown");
        assertThat(pending.waiting() + pending.undecided()).isZero();
    }

    @Test
    void letsAClientGo() {
        // Given
        var request = request(LONG, "undecided");
        Future<String> answer = pending.publish(request, confirm::future);

        // When
        request.gone.complete();

        // Then
        assertThat(answer.result()).isEqualTo("abandoned");
        assertThat(pending.waiting()).isZero();
        confirm.complete();
        assertThat(pending.undecided()).isZero();
    }

    @Test
    void letsOnlySoManyWait() {
        // Given
        Future<String> first = pending.publish(request(LONG, "undecided"), confirm::future);
        Future<String> second = pending.publish(request(LONG, "undecided"), confirm::future);

        // When
        Future<String> third = pending.publish(request(LONG, "undecided"), confirm::future);

        // Then
        assertThat(first.isComplete() || second.isComplete()).isFalse();
        assertThat(third.failed()).isTrue();
        assertThat(pending.waiting()).isEqualTo(2);
    }

    @Test
    void drainsWhatIsConfirmedAtOnceAndTheRestWithinTheLimit() {
        // Given
        Future<String> confirmed = pending.publish(request(LONG, "undecided"), Future::succeededFuture);
        Future<String> unconfirmed = pending.publish(request(LONG, "undecided"), confirm::future);

        // When
        Future<Void> drained = pending.drain(Duration.ofMillis(50));

        // Then
        assertThat(confirmed.result()).isEqualTo("pending");
        Awaitility.await().until(drained::succeeded);
        assertThat(unconfirmed.cause()).hasMessage("unknown");
        assertThat(pending.publish(request(LONG, "undecided"), confirm::future).failed())
                .isTrue();
    }

    @Test
    void anOpenConnectionKeepsNothingOfItsAnsweredRequests() throws IOException {
        // Given
        Set<WeakReference<TestRequest>> answered = ConcurrentHashMap.newKeySet();
        HttpServer server = VERTX.createHttpServer()
                .requestHandler(http -> {
                    TestRequest request = request(LONG, "undecided");
                    answered.add(new WeakReference<>(request));
                    PendingRequests.closed(http.response())
                            .onSuccess(gone -> request.gone().complete());
                    pending.publish(request, Future::succeededFuture)
                            .onSuccess(answer -> http.response().end(answer));
                    pending.answer(request.requestId(), "decided");
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            // When
            for (int i = 0; i < REQUESTS; i++) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(RESPONSE.length()), US_ASCII))
                        .isEqualTo(RESPONSE);
            }
            // Then: all but the last one
            Awaitility.await().until(() -> {
                System.gc();
                return answered.stream().filter(each -> each.get() != null).count() <= 1;
            });
            assertThat(answered).hasSize(REQUESTS);
        }
    }

    private static TestRequest request(Duration maxWait, String ledger) {
        return new TestRequest(UUID.randomUUID(), maxWait, ledger, Promise.promise());
    }

    /** {@code ledger}: the decision in its rows, "undecided" for none, null if it cannot be read. */
    private record TestRequest(UUID requestId, Duration maxWait, String ledger, Promise<Void> gone)
            implements PendingRequest<String> {
        @Override
        public Future<Void> clientGone() {
            return gone.future();
        }

        @Override
        public Future<String> decision(String undecided) {
            if (ledger == null) {
                return Future.failedFuture("the ledger is away");
            }
            return Future.succeededFuture("undecided".equals(ledger) ? undecided : ledger);
        }

        @Override
        public String pending() {
            return "pending";
        }

        @Override
        public String abandoned() {
            return "abandoned";
        }

        @Override
        public Future<String> notPublished(Throwable cause) {
            return Future.failedFuture(cause);
        }

        @Override
        public Future<String> outcomeUnknown() {
            return Future.failedFuture("unknown");
        }
    }
}
