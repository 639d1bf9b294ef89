package dev.doorbuster.order.ledger.decide;

import static dev.doorbuster.order.ledger.Samples.NOW;
import static dev.doorbuster.order.ledger.Samples.book;
import static dev.doorbuster.order.ledger.Samples.openSale;
import static dev.doorbuster.order.ledger.Samples.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opening and closing by the time of the transaction. */
class SaleBookTest {
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
}
