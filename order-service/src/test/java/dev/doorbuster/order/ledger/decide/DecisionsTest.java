package dev.doorbuster.order.ledger.decide;

import static dev.doorbuster.order.ledger.Samples.NOW;
import static dev.doorbuster.order.ledger.Samples.again;
import static dev.doorbuster.order.ledger.Samples.book;
import static dev.doorbuster.order.ledger.Samples.counted;
import static dev.doorbuster.order.ledger.Samples.countedIn;
import static dev.doorbuster.order.ledger.Samples.granted;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionsTest {
    @Test
    void reservesUnitsUntilTheHoldEnds() {
        // Given
        SaleBook book = book(openSale(10, 2));
        OrderGranted order = counted("alice", 2);
        // When
        Decisions.decide(book, order);
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
        Decisions.decide(book, counted("alice", 1));
        OrderGranted late = uncounted("bob", 1);
        // When
        Decisions.decide(book, late);
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
        Decisions.decide(book, two);
        Decisions.decide(book, tooMany);
        Decisions.decide(book, rest);
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
        Decisions.decide(book, first);
        Decisions.decide(book, second);
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
        Decisions.decide(book, two);
        Decisions.decide(book, one);
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
        Decisions.decide(book, first);
        Decisions.decide(book, first);
        Decisions.decide(book, again(first, true));
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
        Decisions.decide(soldOut, order);
        OrderRow refused = soldOut.order(order.orderId());
        var book = Samples.book(openSale(5, 1), NOW, new Recount(1, 5), Map.of(refused.id(), refused), Map.of());
        // When
        Decisions.decide(book, again(order, true));
        // Then
        assertThat(book.order(order.orderId()).view().status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(book.inserted()).isEmpty();
    }

    @Test
    void recountsWhenACountedOrderIsRefused() {
        // Given
        SaleBook book = book(openSale(1, 1));
        // When
        Decisions.decide(book, counted("alice", 1));
        Decisions.decide(book, counted("bob", 1));
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
        Decisions.decide(book, again(first, true));
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
        Decisions.decide(book, first);
        // When
        Decisions.decide(book, again(first, true));
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
        Decisions.decide(book, first);
        Decisions.decide(book, again(first, false));
        // Then
        assertThat(book.recounted()).isEmpty();
    }

    @Test
    void recountsWhenTheSameRequestWasCountedAgainInACounterWhoseRecountHadItsRow() {
        // Given
        OrderGranted first = countedIn(1, counted("alice", 1));
        SaleBook recounted = recountedAfter(first);
        // When
        Decisions.decide(recounted, countedIn(2, first));
        // Then
        assertThat(recounted.recounted()).contains(RecountCause.COUNTED_REFUSED);
    }

    @Test
    void keepsTheEpochWhenTheSameRequestWasCountedInACounterThatIsNoMore() {
        // Given
        OrderGranted first = countedIn(1, counted("alice", 1));
        SaleBook recounted = recountedAfter(first);
        // When
        Decisions.decide(recounted, first);
        // Then
        assertThat(recounted.recounted()).isEmpty();
    }

    @Test
    void keepsTheEpochWhenAnOrderThatCameAfterTheRecountIsRedelivered() {
        // Given
        OrderGranted first = countedIn(1, counted("alice", 1));
        SaleBook book = met(first, OrderStatus.RESERVED);
        // When
        Decisions.decide(book, first);
        // Then
        assertThat(book.recounted()).isEmpty();
    }

    /** A sale of five units with one order. */
    private static SaleBook met(OrderGranted order, OrderStatus status) {
        SaleBook before = book(openSale(5, 1));
        Decisions.decide(before, order);
        OrderRow row = before.order(order.orderId()).with(status);
        return Samples.book(openSale(5, 1), NOW, new Recount(1, 5), Map.of(row.id(), row), Map.of());
    }

    @Test
    void recountsWhenAnUncountedOrderIsReserved() {
        // Given
        SaleBook book = book(openSale(4, 1));
        // When
        Decisions.decide(book, uncounted("alice", 1));
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
        Decisions.decide(book, uncounted("alice", 1));
        Decisions.decide(book, counted("bob", 1));
        book.recount(RecountCause.COUNTER_MISSING);
        book.settle();
        // Then
        assertThat(book.after().epoch()).isEqualTo(2);
        assertThat(book.recounted()).contains(RecountCause.UNCOUNTED_RESERVED);
    }

    @Test
    void refusesToDecideAnotherBuyersOrder() {
        // Given
        SaleBook book = book(openSale(4, 1));
        OrderGranted mine = counted("alice", 1);
        Decisions.decide(book, mine);
        OrderGranted forged = granted(mine.orderId(), "mallory", 1, false);
        // When, Then
        assertThatThrownBy(() -> Decisions.decide(book, forged)).isInstanceOf(DataException.class);
    }

    @Test
    void refusesAsInvalidWhatCannotBeDecided() {
        // Given
        SaleBook book = book(openSale(4, 1));
        OrderGranted order = counted("alice", 1);
        // When
        Decisions.refuse(book, order);
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
        Decisions.decide(book, order);
        // Then
        assertThat(book.order(order.orderId()).view().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(book.after().state()).isEqualTo(SaleState.CLOSED);
    }

    @Test
    void opensASaleWhoseTimeHasComeOnce() {
        // Given
        var book = Samples.book(sale(SaleState.SCHEDULED, 4, 1, 0), NOW, null, Map.of(), Map.of());
        // When
        book.open();
        book.open();
        book.settle();
        // Then
        assertThat(book.after().state()).isEqualTo(SaleState.OPEN);
        assertThat(book.latest()).contains(new Recount(1, 4));
        assertThat(book.recounted()).contains(RecountCause.OPENED);
    }

    @Test
    void leavesASaleShutUntilItsTime() {
        // Given
        SaleView sale = sale(SaleState.SCHEDULED, 4, 1, 0);
        var book = Samples.book(sale, sale.opensAt().minusMillis(1), null, Map.of(), Map.of());
        // When
        book.open();
        book.settle();
        // Then
        assertThat(book.after()).isEqualTo(sale);
        assertThat(book.latest()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = SaleState.class,
            names = {"SCHEDULED", "OPEN"})
    void closesASaleWhoseTimeIsOver(SaleState state) {
        // Given
        SaleView sale = sale(state, 4, 1, 2);
        var book = Samples.book(sale, sale.closesAt(), new Recount(2, 4), Map.of(), Map.of());
        // When
        book.open();
        book.close();
        book.settle();
        // Then
        assertThat(book.after().state()).isEqualTo(SaleState.CLOSED);
        assertThat(book.latest()).contains(new Recount(3, 4));
    }

    @Test
    void closesNothingEarly() {
        // Given
        SaleBook book = book(openSale(4, 1));
        // When
        book.close();
        book.settle();
        // Then
        assertThat(book.after()).isEqualTo(book.before());
    }

    /** A book in epoch 2, whose recount included that order's row. */
    private static SaleBook recountedAfter(OrderGranted first) {
        SaleBook before = book(openSale(5, 1));
        Decisions.decide(before, first);
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
