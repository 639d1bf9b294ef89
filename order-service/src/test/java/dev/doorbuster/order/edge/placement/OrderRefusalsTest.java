package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.order.edge.placement.OrderPlacement.OrderRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.Rows;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What an edge refuses, and when a refusal is certain. */
class OrderRefusalsTest extends PlacementFixture {
    @Test
    void returnsACountersRefusalOnlyIfTheLedgerHasNoSuchOrder() {
        // Given
        OrderRequest refused = request("refused", LONG);
        OrderRequest held = request("held", LONG);
        Future<OrderOutcome> first = placement.place(refused);
        Future<OrderOutcome> second = placement.place(held);
        ledger.put(held.orderId(), row(held, 1, true, UUID.randomUUID()));

        // When
        answered(refusal(refused, RefusalReason.SOLD_OUT));
        answered(refusal(held, RefusalReason.SOLD_OUT));

        // Then
        assertThat(first.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(second.result()).isEqualTo(new OrderOutcome.Accepted(view(held, 1, OrderStatus.RESERVED), true));
    }

    @Test
    void returnsNoRefusalThatIsUncertain() {
        // Given
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);
        ledgerAway = true;

        // When
        answered(refusal(request, RefusalReason.SOLD_OUT));

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void aRefusalOfAnotherRequestDoesNotAnswerOneThatIsPublishedItself() {
        // Given
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);
        publisher.confirm(0);

        // When
        repeatAnswered(refusal(again(request, 1), RefusalReason.SOLD_OUT), 1);

        // Then
        assertThat(told.isComplete()).isFalse();
    }

    @Test
    void shutsTheGateAndReplaysBeforeItRefuses() {
        // Given
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        OrderRequest winner = request("winner", LONG);
        ledger.put(winner.orderId(), row(winner, 1, true, UUID.randomUUID()));

        // When
        Future<OrderOutcome> late = placement.place(request("late", LONG));
        Future<OrderOutcome> replay = placement.place(winner);
        ledgerAway = true;
        Future<OrderOutcome> keyless = placement.place(keyless());
        Future<OrderOutcome> unsure = placement.place(request("unsure", LONG));

        // Then
        assertThat(late.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(replay.result()).isEqualTo(new OrderOutcome.Accepted(view(winner, 1, OrderStatus.RESERVED), true));
        assertThat(keyless.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(unsure.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    void acceptsOnlyWhileTheReadingIsOpen() {
        // When
        row = Rows.sale(SaleState.SCHEDULED, 100, 0);
        Future<OrderOutcome> early = placement.place(request("a", LONG));

        // Then
        assertThat(early.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SALE_NOT_OPEN, false));
        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    void refusesMoreThanTheLimitAndSalesThatAreNotThere() {
        // When
        Future<OrderOutcome> tooMany = placement.place(again(request("a", LONG), 3));
        Future<OrderOutcome> unknown = placement.place(elsewhere(request("b", LONG)));

        // Then
        assertThat(tooMany.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.LIMIT_REACHED, false));
        assertThat(((ProblemException) unknown.cause()).problem().slug()).isEqualTo("unknown-sale");
    }

    @Test
    void returnsNoRefusalThatTheLedgerCouldNotConfirm() {
        // Given
        placement = placement(SHORT, saleCache);
        OrderRequest open = request("open", LONG);
        Future<OrderOutcome> counted = placement.place(open);
        Future<Optional<SaleReading>> refreshed = soldOut();
        ledgerSilent = true;

        // When
        Future<OrderOutcome> gated = placement.place(request("gated", LONG));
        answered(refusal(open, RefusalReason.SOLD_OUT));

        // Then
        assertThat(refreshed.succeeded()).isTrue();
        Awaitility.await().until(() -> gated.isComplete() && counted.isComplete());
        assertThat(gated.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(counted.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void acceptsOnAnOldReadingUntilTheSaleMayHaveEnded() {
        // Given
        Instant now = Instant.now();
        row = Rows.until(now.plus(LONG), SaleState.OPEN, 100, 0);
        assertThat(saleCache.refresh(SALE).succeeded()).isTrue();
        later = Duration.ofHours(1);

        // When
        Future<OrderOutcome> running = placement.place(at(now, request("running", Duration.ZERO)));
        Future<OrderOutcome> over = placement.place(at(now.plus(LONG).plusSeconds(6), request("over", Duration.ZERO)));

        // Then
        publisher.confirm(0);
        assertThat(running.result()).isInstanceOf(OrderOutcome.Pending.class);
        assertThat(over.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        assertThat(publisher.sent()).hasSize(1);
    }

    @Test
    void asksForAPassWhereTheSaleHasAWaitingRoom() {
        // Given
        row = withRoom(Rows.sale(SaleState.OPEN, 100, 0));
        Instant soon = Instant.now().plus(LONG);
        String pass = passes.mint(SALE, "alice", soon);

        // When
        Future<OrderOutcome> without = placement.place(withPass(request("without", LONG), null));
        Future<OrderOutcome> forged =
                placement.place(withPass(request("forged", LONG), pass.replace(pass.charAt(20), '_')));
        Future<OrderOutcome> anothers =
                placement.place(withPass(request("another's", LONG), passes.mint(SALE, "bob", soon)));
        Future<OrderOutcome> expired =
                placement.place(withPass(request("expired", LONG), passes.mint(SALE, "alice", Instant.now())));
        Future<OrderOutcome> with = placement.place(withPass(request("with", Duration.ZERO), pass));

        // Then
        Awaitility.await()
                .until(() -> Stream.of(without, forged, anothers, expired).allMatch(Future::isComplete));
        var refused = new OrderOutcome.Refused(ProblemType.QUEUE_PASS_REQUIRED, false);
        assertThat(List.of(without.result(), forged.result(), anothers.result(), expired.result()))
                .containsOnly(refused);
        publisher.confirm(0);
        assertThat(with.result()).isInstanceOf(OrderOutcome.Pending.class);
        assertThat(publisher.sent()).hasSize(1);
    }
}
