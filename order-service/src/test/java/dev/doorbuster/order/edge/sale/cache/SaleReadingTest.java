package dev.doorbuster.order.edge.sale.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.Rows;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SaleReadingTest {
    private static final Duration FRESH = Duration.ofSeconds(2);

    @Test
    void acceptsWhileTheSaleIsOpen() {
        assertThat(new SaleReading(Rows.sale(SaleState.OPEN, 10, 9), 0).refusal(1, 1, FRESH))
                .isEmpty();
    }

    @Test
    void closesTheGateWhileAFreshReadingIsSoldOut() {
        assertThat(new SaleReading(Rows.sale(SaleState.SOLD_OUT, 10, 10), 0).refusal(1, FRESH.toNanos() - 1, FRESH))
                .contains(ProblemType.SOLD_OUT);
    }

    @Test
    void isOpenedBySilence() {
        assertThat(new SaleReading(Rows.sale(SaleState.SOLD_OUT, 10, 10), 0).refusal(1, FRESH.toNanos(), FRESH))
                .isEmpty();
    }

    @Test
    void refusesBeforeAndAfterTheSaleHoweverOldTheReading() {
        long late = Duration.ofHours(1).toNanos();

        assertThat(new SaleReading(Rows.sale(SaleState.SCHEDULED, 10, 0), 0).refusal(1, late, FRESH))
                .contains(ProblemType.SALE_NOT_OPEN);
        assertThat(new SaleReading(Rows.sale(SaleState.CLOSED, 10, 10), 0).refusal(1, late, FRESH))
                .contains(ProblemType.SALE_CLOSED);
        assertThat(new SaleReading(Rows.sale(SaleState.PAUSED, 10, 10), 0).refusal(1, late, FRESH))
                .contains(ProblemType.SALE_PAUSED);
    }

    @Test
    void mayHaveEndedUnnoticedOnlyIfItIsOldAndTheEndIsPast() {
        Instant end = Instant.parse("2030-01-01T10:00:00Z");
        Duration grace = Duration.ofSeconds(5);
        Instant past = end.plus(grace).plusMillis(1);
        var reading = new SaleReading(Rows.until(end, SaleState.OPEN, 10, 0), 0);
        long late = FRESH.toNanos();

        assertThat(reading.mayHaveEnded(past, grace, late, FRESH)).isTrue();
        assertThat(reading.mayHaveEnded(past, grace, late - 1, FRESH)).isFalse();
        assertThat(reading.mayHaveEnded(end.plus(grace), grace, late, FRESH)).isFalse();
        assertThat(new SaleReading(Rows.sale(SaleState.OPEN, 10, 0), 0).mayHaveEnded(past, grace, late, FRESH))
                .isFalse();
    }

    @Test
    void refusesMoreThanTheSalesLimit() {
        assertThat(new SaleReading(Rows.sale(SaleState.OPEN, 10, 0), 0).refusal(3, 1, FRESH))
                .contains(ProblemType.LIMIT_REACHED);
    }
}
