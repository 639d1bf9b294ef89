package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.order.edge.placement.OrderPlacement.OrderRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** From the broker's confirm to the answer. */
class OrderPlacementTest extends PlacementFixture {
    @Test
    void answersAcceptedOnceTheBrokerHasConfirmed() {
        // Given
        OrderRequest request = request("key", Duration.ZERO);
        Future<OrderOutcome> told = placement.place(request);
        assertThat(told.isComplete()).isFalse();

        // When
        publisher.confirm(0);

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.Pending(request.orderId()));
        assertThat(pending.waiting()).isZero();
        OrderPlaced placed =
                publisher.sent().get(0).message().elements(OrderPlaced.class).get(0);
        assertThat(placed.edgeId()).isEqualTo("edge-1");
        assertThat(placed.perBuyerLimit()).isEqualTo(2);
        assertThat(placed.counter()).isEqualTo(CounterKind.REDIS);
    }

    @Test
    void keepsARequestPendingUntilTheDecision() {
        // Given
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);
        publisher.confirm(0);
        assertThat(told.isComplete()).isFalse();

        // When
        answered(accepted(request, 1, false));

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.Accepted(view(request, 1, OrderStatus.RESERVED), false));
    }

    @Test
    void returnsADecisionThatArrivesBeforeTheConfirm() {
        // Given
        OrderRequest request = request("key", Duration.ZERO);
        Future<OrderOutcome> told = placement.place(request);

        // When
        answered(accepted(request, 1, false));
        publisher.confirm(0);

        // Then
        assertThat(told.result()).isInstanceOf(OrderOutcome.Accepted.class);
    }

    @Test
    void staysWithTheDecisionWhereTheConfirmNeverComes() {
        // Given
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);

        // When
        answered(accepted(request, 1, false));
        publisher.fail(0, PublishException.Kind.UNCONFIRMED);

        // Then
        assertThat(told.result()).isInstanceOf(OrderOutcome.Accepted.class);
    }

    @Test
    void answersOverloadedIfTheBrokerRejectedOrNeverGotTheOrder() {
        for (PublishException.Kind kind : List.of(PublishException.Kind.NACKED, PublishException.Kind.NOT_SENT)) {
            Future<OrderOutcome> told = placement.place(request("key " + kind, LONG));
            publisher.fail(publisher.sent().size() - 1, kind);
            assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        }
        assertThat(pending.waiting()).isZero();
    }

    @Test
    void answersThatTheOutcomeIsUnknownWithoutAConfirm() {
        Future<OrderOutcome> told = placement.place(request("key", LONG));

        publisher.fail(0, PublishException.Kind.UNCONFIRMED);

        assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void readsTheLedgerWhenTheWaitEnds() {
        // Given
        OrderRequest request = request("key", Duration.ofMillis(200));
        Future<OrderOutcome> told = placement.place(request);
        ledger.put(request.orderId(), row(request, 1, true));

        // When
        publisher.confirm(0);

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isEqualTo(new OrderOutcome.Accepted(view(request, 1, OrderStatus.RESERVED), false));
    }

    @Test
    void answersPendingIfTheLedgerHasNoDecisionOrCannotBeRead() {
        for (boolean away : List.of(false, true)) {
            ledgerAway = away;
            OrderRequest request = request("key " + away, Duration.ofMillis(5));
            Future<OrderOutcome> told = placement.place(request);
            publisher.confirm(publisher.sent().size() - 1);
            Awaitility.await().until(told::isComplete);
            assertThat(told.result()).isEqualTo(new OrderOutcome.Pending(request.orderId()));
        }
    }

    @Test
    void doesNotTellPendingBeforeTheBrokerHasTheOrderEvenIfTheWaitIsOver() {
        // Given
        OrderRequest request = request("key", Duration.ofMillis(1));
        Future<OrderOutcome> told = placement.place(request);
        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);
        assertThat(told.isComplete()).isFalse();

        // When
        publisher.confirm(0);

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isEqualTo(new OrderOutcome.Pending(request.orderId()));
    }

    @Test
    void holdsOnlySoMany() {
        // Given
        for (int i = 0; i < 3; i++) {
            Future<OrderOutcome> unused = placement.place(request("key" + i, LONG));
        }

        // When
        Future<OrderOutcome> oneTooMany = placement.place(request("key3", LONG));
        Future<OrderOutcome> joining = placement.place(again(request("key0", LONG), 1));

        // Then
        assertThat(oneTooMany.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        // the order it joins may be granted
        assertThat(joining.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(pending.waiting()).isEqualTo(3);
    }

    @Test
    void letsAClientGoButNotItsOrder() {
        // Given
        Promise<Void> gone = Promise.promise();
        OrderRequest request = leaving(request("key", LONG), gone.future());
        Future<OrderOutcome> told = placement.place(request);

        // When
        gone.complete();

        // Then
        assertThat(told.result()).isInstanceOf(OrderOutcome.Abandoned.class);
        assertThat(pending.waiting()).isZero();
        assertThat(publisher.sent()).hasSize(1);
        publisher.confirm(0);
        answered(accepted(request, 1, false));
    }

    @Test
    void readsTheLedgerForAllWhenAnswersMayBeLost() {
        // Given
        OrderRequest decided = request("decided", LONG);
        OrderRequest undecided = request("undecided", LONG);
        Future<OrderOutcome> first = placement.place(decided);
        Future<OrderOutcome> second = placement.place(undecided);
        ledger.put(decided.orderId(), row(decided, 1, true));

        // When
        pending.readLedger();

        // Then
        assertThat(first.result()).isInstanceOf(OrderOutcome.Accepted.class);
        assertThat(second.isComplete()).isFalse();
    }

    @Test
    void answersAllPendingRequestsBeforeItStops() {
        // Given
        OrderRequest taken = request("taken", LONG);
        OrderRequest underWay = request("under way", LONG);
        Future<OrderOutcome> first = placement.place(taken);
        publisher.confirm(0);
        Future<OrderOutcome> second = placement.place(underWay);

        // When
        pending.hurry();

        // Then
        assertThat(first.result()).isEqualTo(new OrderOutcome.Pending(taken.orderId()));
        assertThat(second.isComplete()).isFalse();
        publisher.confirm(1);
        assertThat(second.result()).isEqualTo(new OrderOutcome.Pending(underWay.orderId()));
    }

    @Test
    void answersOutcomeUnknownWithoutAConfirmBeforeItStops() {
        // Given
        Future<OrderOutcome> unconfirmed = placement.place(request("key", LONG));
        pending.hurry();

        // When
        pending.giveUp();

        // Then
        assertThat(unconfirmed.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(pending.waiting()).isZero();
    }

    @Test
    void admitsNoRequestOnceItStops() {
        // Given
        OrderRequest inFlight = request("in flight", LONG);
        Future<OrderOutcome> first = placement.place(inFlight);
        pending.hurry();

        // When
        Future<OrderOutcome> same = placement.place(inFlight);
        Future<OrderOutcome> other = placement.place(request("other", LONG));

        // Then
        assertThat(first.isComplete()).isFalse();
        assertThat(same.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(other.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        assertThat(publisher.sent()).hasSize(1);
    }

    @Test
    void waitsForASilentLedgerOnlySoLongWhenTheWaitEnds() {
        // Given
        placement = placement(SHORT, saleCache);
        ledgerSilent = true;
        OrderRequest request = request("key", Duration.ofMillis(5));

        // When
        Future<OrderOutcome> told = placement.place(request);
        publisher.confirm(0);

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isEqualTo(new OrderOutcome.Pending(request.orderId()));
    }
}
