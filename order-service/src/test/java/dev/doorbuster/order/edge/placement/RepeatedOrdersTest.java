package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderAnswered.Verdict;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.placement.OrderPlacement.OrderRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.Rows;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Several requests for one order, in flight or one after the other. */
class RepeatedOrdersTest extends PlacementFixture {
    @Test
    void returnsALedgersRejectionAndReportsAReusedKey() {
        // Given
        OrderRequest rejected = request("rejected", LONG);
        OrderRequest reused = request("reused", LONG);
        Future<OrderOutcome> first = placement.place(rejected);
        Future<OrderOutcome> second = placement.place(reused);

        // When
        answered(new OrderAnswered(
                rejected.requestId(),
                rejected.orderId(),
                Verdict.REJECTED,
                RefusalReason.LIMIT_REACHED,
                view(rejected, 1, OrderStatus.REJECTED),
                true,
                null));
        answered(accepted(reused, 2, true));

        // Then
        assertThat(first.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.LIMIT_REACHED, true));
        assertThat(second.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.KEY_REUSED, true));
    }

    @Test
    void joinsTheSameOrderInFlightButNotAnotherQuantity() {
        // Given
        OrderRequest first = request("key", LONG);
        OrderRequest same = again(first, 1);
        OrderRequest other = again(first, 2);
        Future<OrderOutcome> firstTold = placement.place(first);
        Future<OrderOutcome> sameTold = placement.place(same);
        Future<OrderOutcome> otherTold = placement.place(other);

        // When
        answered(accepted(first, 1, false));

        // Then
        assertThat(firstTold.result()).isEqualTo(sameTold.result());
        assertThat(otherTold.isComplete()).isFalse();
        publisher.confirm(0);
        assertThat(publisher.sent().stream()
                        .mapToInt(sent -> sent.message().elements().size())
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void publishesNoRepeatOfAQueuedOrderAndAnswersItWithTheFirst() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        publisher.confirm(0);
        assertThat(firstTold.result()).isEqualTo(new OrderOutcome.Pending(first.orderId()));

        // When
        Future<OrderOutcome> told = placement.place(withMaxWait(again(first, 1), LONG));
        repeatAnswered(accepted(first, 1, false), 2);
        assertThat(told.isComplete()).isFalse();
        repeatAnswered(accepted(first, 1, false), 1);

        // Then
        assertThat(told.result()).isEqualTo(OrderOutcome.decided(view(first, 1, OrderStatus.RESERVED), true, 1, true));
        assertThat(publisher.sent()).hasSize(1);
        assertThat(pending.waiting()).isZero();
    }

    @Test
    void repeatsThatWaitedForTheSaleTogetherAreAnsweredTogether() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        publisher.confirm(0);
        assertThat(firstTold.succeeded()).isTrue();
        Promise<Optional<SaleView>> read = Promise.promise();
        OrderPlacement unread = placement(
                LONG,
                new SaleCache(
                        vertx,
                        boardConfig,
                        this::nanoTime,
                        () -> Future.succeededFuture(List.of()),
                        id -> read.future()));
        Future<OrderOutcome> one = unread.place(withMaxWait(again(first, 1), LONG));
        Future<OrderOutcome> another = unread.place(withMaxWait(again(first, 1), LONG));
        assertThat(pending.waiting()).isZero();
        read.complete(Optional.of(Rows.sale(SaleState.SOLD_OUT, 100, 100)));

        // When
        repeatAnswered(accepted(first, 1, false), 1);

        // Then
        assertThat(one.isComplete() && another.isComplete()).isTrue();
    }

    @Test
    void anOrderThatStillWaitsForItsBatchIsNotRefusedInAnotherQuantity() {
        // Given
        Future<OrderOutcome> before = placement.place(request("before", LONG));
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);
        assertThat(publisher.sent()).hasSize(1);

        // When
        Future<OrderOutcome> tooMany = placement.place(again(request, 3));

        // Then
        assertThat(before.isComplete() || told.isComplete()).isFalse();
        assertThat(tooMany.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void answersARepeatOfAQueuedOrderThatTheCounterRefused() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        publisher.confirm(0);
        assertThat(firstTold.succeeded()).isTrue();
        Future<OrderOutcome> told = placement.place(withMaxWait(again(first, 1), LONG));

        // When
        repeatAnswered(refusal(first, RefusalReason.SOLD_OUT), 1);

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
    }

    @Test
    void answersAcceptedToARequestThatJoinsAConfirmedOrderWithoutWaiting() {
        // Given
        OrderRequest first = request("key", LONG);
        Future<OrderOutcome> patient = placement.place(first);
        publisher.confirm(0);

        // When
        Future<OrderOutcome> hasty = placement.place(withMaxWait(again(first, 1), Duration.ZERO));

        // Then
        assertThat(hasty.result()).isEqualTo(new OrderOutcome.Pending(first.orderId()));
        assertThat(patient.isComplete()).isFalse();
    }

    @Test
    void refusesARepeatOnlyAfterOrdersThatWereQueuedBefore() {
        // Given
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        OrderRequest elsewhereQueued = request("queued by another edge", LONG);
        markersReturn = false;
        Future<OrderOutcome> repeated = placement.place(elsewhereQueued);
        Future<OrderOutcome> shares = placement.place(request("new", LONG));
        assertThat(repeated.isComplete() || shares.isComplete()).isFalse();

        // When
        ledger.put(elsewhereQueued.orderId(), row(elsewhereQueued, 1, true, UUID.randomUUID()));
        markersReturn();
        assertThat(shares.isComplete())
                .as("it came when the marker was in flight")
                .isFalse();
        markersReturn();

        // Then
        assertThat(repeated.result())
                .isEqualTo(new OrderOutcome.Accepted(view(elsewhereQueued, 1, OrderStatus.RESERVED), true));
        assertThat(shares.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
    }

    @Test
    void aLookUpThatFailsLeavesTheOthersOfItsMarkerAlone() {
        // Given
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        markersReturn = false;
        Future<OrderOutcome> first = placement.place(request("first", LONG));
        Future<OrderOutcome> unsure = placement.place(request("unsure", LONG));
        Future<OrderOutcome> refused = placement.place(request("refused", LONG));
        markersReturn();

        // When
        ledgerFailsOnce = true;
        markersReturn();

        // Then
        assertThat(first.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(unsure.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(refused.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
    }

    @Test
    void refusesNoRepeatIfEarlierOrdersMayBeQueued() {
        // Given
        placement = placement(SHORT, saleCache);
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        OrderRequest held = request("held", LONG);
        ledger.put(held.orderId(), row(held, 1, true, UUID.randomUUID()));
        markersReturn = false;

        // When
        Future<OrderOutcome> replay = placement.place(held);
        Future<OrderOutcome> told = placement.place(request("key", LONG));

        // Then
        Awaitility.await().until(() -> replay.isComplete() && told.isComplete());
        assertThat(replay.result()).isEqualTo(new OrderOutcome.Accepted(view(held, 1, OrderStatus.RESERVED), true));
        assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void refusesNoRepeatOfItsOwnUndecidedOrder() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        publisher.confirm(0);
        assertThat(firstTold.succeeded()).isTrue();
        Future<Optional<SaleReading>> refreshed = soldOut();
        assertThat(refreshed.succeeded()).isTrue();

        // When
        Future<OrderOutcome> told = placement.place(withMaxWait(again(first, 1), LONG));
        Future<OrderOutcome> otherQuantity = placement.place(withMaxWait(again(first, 2), LONG));
        assertThat(told.isComplete()).isFalse();
        repeatAnswered(accepted(first, 1, false), 1);

        // Then
        assertThat(told.result()).isEqualTo(OrderOutcome.decided(view(first, 1, OrderStatus.RESERVED), true, 1, true));
        assertThat(otherQuantity.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(queued).isEmpty();
    }

    @Test
    void refusesNoOrderOfWhichAnotherRequestIsUndecided() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        OrderRequest repeat = withMaxWait(again(first, 2), LONG);
        Future<OrderOutcome> told = placement.place(repeat);
        publisher.confirm(0);
        assertThat(firstTold.succeeded()).isTrue();

        // When
        answered(refusal(repeat, RefusalReason.SOLD_OUT));

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    /** The buyer's pass has expired since; the order stands. */
    @Test
    void repeatsAnOrderOfASaleWithAWaitingRoomWithoutAPass() {
        // Given
        row = withRoom(Rows.sale(SaleState.OPEN, 100, 1));
        OrderRequest request = request("key", LONG);
        ledger.put(request.orderId(), row(request, 1, true));

        // When
        Future<OrderOutcome> told = placement.place(request);

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isInstanceOf(OrderOutcome.Accepted.class);
    }
}
