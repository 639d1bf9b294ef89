package dev.doorbuster.order.ledger.decide;

import static dev.doorbuster.order.ledger.Samples.NOW;
import static dev.doorbuster.order.ledger.Samples.again;
import static dev.doorbuster.order.ledger.Samples.book;
import static dev.doorbuster.order.ledger.Samples.counted;
import static dev.doorbuster.order.ledger.Samples.countedIn;
import static dev.doorbuster.order.ledger.Samples.decide;
import static dev.doorbuster.order.ledger.Samples.openSale;
import static dev.doorbuster.order.ledger.Samples.sale;
import static dev.doorbuster.order.ledger.Samples.uncounted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.order.ledger.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which decisions begin a new epoch, because the counter and the ledger differ. */
class RecountDecisionsTest {
    @Test
    void recountsWhenACountedOrderIsRefused() {
        // Given
        SaleBook book = book(openSale(1, 1));
        // When
        decide(book, counted("alice", 1), counted("bob", 1));
        book.settle();
        // Then
        assertThat(book.recounted()).contains(RecountCause.COUNTED_REFUSED);
        assertThat(book.latest()).contains(new Recount(2, 0));
        assertThat(book.after().epoch()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderStatus.class,
            names = {"CANCELLED", "EXPIRED", "REJECTED", "REFUND_DUE"})
    void recountsWhenAnOrderThatIsNoHoldAnyMoreIsCountedAgain(OrderStatus status) {
        // Given
        OrderGranted first = counted("alice", 1);
        SaleBook book = met(first, status);
        // When
        decide(book, again(first, true));
        book.settle();
        // Then
        assertThat(book.recounted()).contains(RecountCause.COUNTED_REFUSED);
        assertThat(book.latest()).contains(new Recount(2, 5));
        assertThat(book.order(first.orderId()).view().status()).isEqualTo(status);
    }

    @Test
    void recountsWhenTheCounterWasLoweredTwiceForOneHold() {
        // Given
        OrderGranted first = counted("alice", 1);
        SaleBook book = book(openSale(5, 1));
        decide(book, first);
        // When
        decide(book, again(first, true));
        book.settle();
        // Then
        assertThat(book.recounted()).contains(RecountCause.COUNTED_REFUSED);
        assertThat(book.latest()).contains(new Recount(2, 4));
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderStatus.class,
            names = {"RESERVED", "CANCELLED", "EXPIRED", "REJECTED"})
    void keepsTheEpochWhenTheRequestThatBroughtAnOrderIsRedelivered(OrderStatus status) {
        // Given
        OrderGranted first = counted("alice", 1);
        SaleBook book = met(first, status);
        // When
        decide(book, first, again(first, false));
        // Then
        assertThat(book.recounted()).isEmpty();
    }

    @Test
    void recountsWhenTheSameRequestWasCountedAgainInACounterWhoseRecountHadItsRow() {
        // Given
        OrderGranted first = countedIn(1, counted("alice", 1));
        SaleBook recounted = recountedAfter(first);
        // When
        decide(recounted, countedIn(2, first));
        // Then
        assertThat(recounted.recounted()).contains(RecountCause.COUNTED_REFUSED);
    }

    @Test
    void keepsTheEpochWhenTheSameRequestWasCountedInACounterThatIsNoMore() {
        // Given
        OrderGranted first = countedIn(1, counted("alice", 1));
        SaleBook recounted = recountedAfter(first);
        // When
        decide(recounted, first);
        // Then
        assertThat(recounted.recounted()).isEmpty();
    }

    @Test
    void keepsTheEpochWhenAnOrderThatCameAfterTheRecountIsRedelivered() {
        // Given
        OrderGranted first = countedIn(1, counted("alice", 1));
        SaleBook book = met(first, OrderStatus.RESERVED);
        // When
        decide(book, first);
        // Then
        assertThat(book.recounted()).isEmpty();
    }

    @Test
    void recountsWhenAnUncountedOrderIsReserved() {
        // Given
        SaleBook book = book(openSale(4, 1));
        // When
        decide(book, uncounted("alice", 1));
        book.settle();
        // Then
        assertThat(book.recounted()).contains(RecountCause.UNCOUNTED_RESERVED);
        assertThat(book.latest()).contains(new Recount(2, 3));
    }

    @Test
    void beginsOneEpochHoweverManyReasonsThereAre() {
        // Given
        SaleBook book = book(openSale(1, 1));
        // When
        decide(book, uncounted("alice", 1), counted("bob", 1));
        book.recount(RecountCause.COUNTER_MISSING);
        book.settle();
        // Then
        assertThat(book.after().epoch()).isEqualTo(2);
        assertThat(book.recounted()).contains(RecountCause.UNCOUNTED_RESERVED);
    }

    /** A sale of five units with one order. */
    private static SaleBook met(OrderGranted order, OrderStatus status) {
        SaleBook before = book(openSale(5, 1));
        decide(before, order);
        OrderRow row = before.order(order.orderId()).with(status);
        return Samples.book(openSale(5, 1), NOW, new Recount(1, 5), Map.of(row.id(), row), Map.of());
    }

    /** A book in epoch 2, whose recount included that order's row. */
    private static SaleBook recountedAfter(OrderGranted first) {
        SaleBook before = book(openSale(5, 1));
        decide(before, first);
        OrderRow row = before.order(first.orderId());
        return new SaleBook(new SaleBook.Read(
                sale(SaleState.OPEN, 5, 1, 2),
                NOW.plusSeconds(2),
                new Recount(2, 4),
                row.decidedAt().plusMillis(1),
                Map.of(row.id(), row),
                Map.of(),
                Map.of(),
                Map.of()));
    }
}
