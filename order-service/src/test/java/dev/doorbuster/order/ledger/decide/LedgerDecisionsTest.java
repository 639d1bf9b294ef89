package dev.doorbuster.order.ledger.decide;

import static dev.doorbuster.order.ledger.Samples.NOW;
import static dev.doorbuster.order.ledger.Samples.again;
import static dev.doorbuster.order.ledger.Samples.book;
import static dev.doorbuster.order.ledger.Samples.counted;
import static dev.doorbuster.order.ledger.Samples.decide;
import static dev.doorbuster.order.ledger.Samples.granted;
import static dev.doorbuster.order.ledger.Samples.openRaffle;
import static dev.doorbuster.order.ledger.Samples.openSale;
import static dev.doorbuster.order.ledger.Samples.sale;
import static dev.doorbuster.order.ledger.Samples.uncounted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.Samples;
import dev.doorbuster.runtime.amqp.consume.DataException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which orders are reserved and which are refused. */
class LedgerDecisionsTest {
    @Test
    void reservesUnitsUntilTheHoldEnds() {
        // Given
        SaleBook book = book(openSale(10, 2));
        OrderGranted order = counted("alice", 2);
        // When
        decide(book, order);
        book.settle();
        // Then
        OrderRow row = book.order(order.orderId());
        assertThat(row.view().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(row.view().totalCents()).isEqualTo(3998);
        assertThat(row.view().holdExpiresAt()).isEqualTo(NOW.plusSeconds(300));
        assertThat(row.order().accepted()).isTrue();
        assertThat(book.after().sold()).isEqualTo(2);
        assertThat(book.recounted()).isEmpty();
    }

    @Test
    void refusesWhenNothingIsLeft() {
        // Given
        SaleBook book = book(openSale(1, 2));
        decide(book, counted("alice", 1));
        OrderGranted late = uncounted("bob", 1);
        // When
        decide(book, late);
        // Then
        assertThat(book.order(late.orderId()).view().status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(book.order(late.orderId()).view().reason()).isEqualTo(RefusalReason.SOLD_OUT);
        assertThat(book.after().sold()).isEqualTo(1);
        assertThat(book.after().state()).isEqualTo(SaleState.SOLD_OUT);
        assertThat(book.rowState()).isEqualTo(SaleState.OPEN);
    }

    @Test
    void refusesMoreThanIsLeftAndSellsTheRest() {
        // Given
        SaleBook book = book(openSale(3, 3));
        OrderGranted two = counted("alice", 2);
        OrderGranted tooMany = counted("bob", 2);
        OrderGranted rest = counted("carol", 1);
        // When
        decide(book, two, tooMany, rest);
        // Then
        assertThat(book.order(tooMany.orderId()).view().reason()).isEqualTo(RefusalReason.NOT_ENOUGH_LEFT);
        assertThat(book.order(rest.orderId()).view().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(book.after().available()).isZero();
    }

    @Test
    void refusesSecondOrderFromSameBuyerAtTheLimit() {
        // Given
        SaleBook book = book(openSale(10, 1));
        OrderGranted first = counted("alice", 1);
        OrderGranted second = uncounted("alice", 1);
        // When
        decide(book, first, second);
        // Then
        assertThat(book.order(first.orderId()).view().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(book.order(second.orderId()).view().reason()).isEqualTo(RefusalReason.LIMIT_REACHED);
    }

    @Test
    void countsWhatTheBuyerHeldBeforeAgainstTheLimit() {
        // Given
        SaleView sale = openSale(10, 3);
        var book = Samples.book(sale, NOW, new Recount(1, 10), Map.of(), Map.of("alice", 2));
        OrderGranted two = counted("alice", 2);
        OrderGranted one = counted("alice", 1);
        // When
        decide(book, two, one);
        // Then
        assertThat(book.order(two.orderId()).view().reason()).isEqualTo(RefusalReason.LIMIT_REACHED);
        assertThat(book.order(one.orderId()).view().status()).isEqualTo(OrderStatus.RESERVED);
    }

    @Test
    void keepsItsFirstDecisionForEveryCopy() {
        // Given
        SaleBook book = book(openSale(5, 1));
        OrderGranted first = counted("alice", 1);
        // When
        decide(book, first, first, again(first, true));
        // Then
        assertThat(book.inserted()).hasSize(1);
        assertThat(book.order(first.orderId()).firstBroughtBy(first.requestId()))
                .isTrue();
        assertThat(book.after().sold()).isEqualTo(1);
    }

    @Test
    void keepsARefusalAlthoughUnitsCameBack() {
        // Given
        SaleBook soldOut = book(openSale(0, 1));
        OrderGranted order = counted("alice", 1);
        decide(soldOut, order);
        OrderRow refused = soldOut.order(order.orderId());
        var book = Samples.book(openSale(5, 1), NOW, new Recount(1, 5), Map.of(refused.id(), refused), Map.of());
        // When
        decide(book, again(order, true));
        // Then
        assertThat(book.order(order.orderId()).view().status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(book.inserted()).isEmpty();
    }

    /** The drawer offers again: a row would give the next unit to an entrant behind. */
    @Test
    void anOfferOfARaffleThatFindsNothingLeftStaysUndecided() {
        // Given
        SaleBook soldOut = book(openRaffle(1));
        OrderGranted ninth = counted("alice", 1);
        OrderGranted tenth = counted("bob", 1);
        // When
        decide(soldOut, ninth, tenth);
        soldOut.settle();
        // Then
        assertThat(soldOut.order(ninth.orderId()).view().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(soldOut.order(tenth.orderId())).isNull();
        assertThat(soldOut.recounted()).contains(RecountCause.COUNTED_REFUSED);
        assertThat(soldOut.latest()).contains(new Recount(2, 0));

        // When: a unit comes back
        SaleBook book = book(openRaffle(1));
        decide(book, again(tenth, false));
        // Then
        assertThat(book.order(tenth.orderId()).view().status()).isEqualTo(OrderStatus.RESERVED);
    }

    @Test
    void refusesToDecideAnotherBuyersOrder() {
        // Given
        SaleBook book = book(openSale(4, 1));
        OrderGranted mine = counted("alice", 1);
        decide(book, mine);
        OrderGranted forged = granted(mine.orderId(), "mallory", 1, false);
        // When, Then
        assertThatThrownBy(() -> LedgerDecisions.decide(book, forged)).isInstanceOf(DataException.class);
    }

    @Test
    void refusesAsInvalidWhatCannotBeDecided() {
        // Given
        SaleBook book = book(openSale(4, 1));
        OrderGranted order = counted("alice", 1);
        // When
        LedgerDecisions.refuse(book, order);
        book.settle();
        // Then
        assertThat(book.order(order.orderId()).view().reason()).isEqualTo(RefusalReason.INVALID);
        assertThat(book.after().sold()).isZero();
        assertThat(book.recounted()).contains(RecountCause.COUNTED_REFUSED);
    }

    @Test
    void decidesOrdersThatWereAcceptedBeforeTheSaleClosed() {
        // Given
        SaleBook book = book(sale(SaleState.CLOSED, 4, 1, 3));
        OrderGranted order = counted("alice", 1);
        // When
        decide(book, order);
        // Then
        assertThat(book.order(order.orderId()).view().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(book.after().state()).isEqualTo(SaleState.CLOSED);
    }
}
