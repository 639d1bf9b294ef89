package dev.doorbuster.order.edge.pending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.runtime.amqp.publish.PublishException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Behaviour common to all pending requests; the placement's tests cover what is specific to orders. */
class PendingRequestsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LONG = Duration.ofMinutes(5);

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
