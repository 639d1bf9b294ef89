package dev.doorbuster.order.edge.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleChange.Action;
import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ManualPublisher;
import dev.doorbuster.order.catalogue.Catalogue.SaleRefusedException;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SaleChangesTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");

    private final ManualPublisher publisher = new ManualPublisher();
    private final Map<UUID, SaleAnswered> rows = new HashMap<>();
    private final SaleChange change = new SaleChange(
            UUID.randomUUID(),
            Action.EDIT,
            SaleEdit.ofStock(20),
            "edge-1",
            Instant.parse("2030-01-01T00:00:00Z"),
            null);

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private SaleChanges changes(Duration answerMax) {
        return new SaleChanges(
                VERTX,
                answerMax,
                publisher,
                () -> "edge-1",
                request -> Future.succeededFuture(Optional.ofNullable(rows.get(request))));
    }

    private static Future<Void> clientStays() {
        return Promise.<Void>promise().future();
    }

    private static SaleView sale(long stock) {
        return new SaleView(
                SALE,
                "a lamp",
                1999,
                "EUR",
                stock,
                0,
                2,
                Instant.parse("2026-03-01T12:00:00Z"),
                null,
                300,
                CounterKind.REDIS,
                SaleState.OPEN,
                2,
                null,
                null);
    }

    private SaleAnswered answer(SaleRefusal refusal) {
        return new SaleAnswered(change.requestId(), refusal, sale(refusal == null ? 20 : 10), null);
    }

    @Test
    void publishesACommandOfTheSaleAndAnswersWithTheSaleAsItIsAfterwards() {
        // Given
        SaleChanges changes = changes(LONG);
        // When
        Future<SaleView> edited = changes.change(SALE, change, clientStays());
        changes.answered(answer(null));
        // Then
        assertThat(publisher.sent().get(0).route())
                .isEqualTo(Route.command(publisher.sent().get(0).message()));
        assertThat(publisher.sent().get(0).message().elements(SaleChange.class)).containsExactly(change);
        assertThat(edited.result()).isEqualTo(sale(20));
    }

    @Test
    void failsWithTheLedgersRefusal() {
        // Given
        SaleChanges changes = changes(LONG);
        Future<SaleView> edited = changes.change(SALE, change, clientStays());
        // When
        changes.answered(answer(SaleRefusal.STOCK_BELOW_SOLD));
        // Then
        assertThat(edited.cause())
                .isInstanceOfSatisfying(
                        SaleRefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(SaleRefusal.STOCK_BELOW_SOLD));
    }

    @Test
    void readsTheLedgerWhereTheAnswerIsLost() {
        // Given
        SaleChanges changes = changes(LONG);
        Future<SaleView> edited = changes.change(SALE, change, clientStays());
        publisher.confirm(0);
        changes.answersLost();
        assertThat(edited.isComplete()).isFalse();
        // When
        rows.put(change.requestId(), answer(null));
        changes.answersLost();
        // Then
        assertThat(edited.result()).isEqualTo(sale(20));
    }

    @Test
    void answersOutcomeUnknownIfTheLedgerDoesNotDecideInTime() {
        // Given
        SaleChanges changes = changes(Duration.ofMillis(1));
        // When
        Future<SaleView> edited = changes.change(SALE, change, clientStays());
        publisher.confirm(0);
        Awaitility.await().until(edited::isComplete);
        // Then
        assertUnknown(edited);
    }

    @Test
    void distinguishesAMissingConfirmFromAnUnsentCommand() {
        // Given
        SaleChanges changes = changes(LONG);
        Future<SaleView> unconfirmed = changes.change(SALE, change, clientStays());
        var other = new SaleChange(UUID.randomUUID(), Action.END, null, "edge-1", change.receivedAt(), null);
        Future<SaleView> notSent = changes.change(SALE, other, clientStays());
        // When
        publisher.fail(0, PublishException.Kind.UNCONFIRMED);
        publisher.fail(1, PublishException.Kind.NOT_SENT);
        // Then
        assertUnknown(unconfirmed);
        assertThat(notSent.cause()).isInstanceOf(PublishException.class);
    }

    @Test
    void answersAllThatWaitsWhenTheEdgeStops() {
        // Given
        SaleChanges changes = changes(LONG);
        Future<SaleView> edited = changes.change(SALE, change, clientStays());
        publisher.confirm(0);
        rows.put(change.requestId(), answer(null));
        // When
        Future<Void> drained = changes.drain(LONG);
        // Then
        assertThat(drained.succeeded()).isTrue();
        assertThat(edited.result()).isEqualTo(sale(20));
    }

    private static void assertUnknown(Future<SaleView> change) {
        assertThat(change.cause()).isInstanceOfSatisfying(ProblemException.class, unknown -> {
            assertThat(unknown.problem().slug()).isEqualTo(ProblemType.OUTCOME_UNKNOWN.slug());
            assertThat(unknown.problem().extra().get("id")).isEqualTo(SALE.value());
        });
    }
}
