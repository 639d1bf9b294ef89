package dev.doorbuster.order.ledger.jobs;

import static dev.doorbuster.order.ledger.Samples.openSale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.SaleRecount.Cause;
import dev.doorbuster.contracts.value.SaleView;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTrackerTest {
    private final SaleView sale = openSale(10, 1);
    private final DriftTracker driftTracker = new DriftTracker();

    private Optional<Cause> see(long epoch, long available) {
        Optional<Cause> cause = driftTracker.compare(sale, Optional.of(new CounterValue(epoch, available)));
        driftTracker.endOfLook();
        return cause;
    }

    @Test
    void requestsARecountAtOnceWhenACounterIsMissing() {
        // When, Then
        assertThat(driftTracker.compare(sale, Optional.empty())).contains(Cause.RECONCILER_MISSING);
    }

    @Test
    void requestsNothingWhenCounterAndLedgerAgree() {
        // When, Then
        assertThat(see(1, 10)).isEmpty();
        assertThat(see(1, 10)).isEmpty();
    }

    @Test
    void requestsARecountWhenTheSameDriftIsSeenTwice() {
        // When, Then
        assertThat(see(1, 7)).isEmpty();
        assertThat(see(1, 7)).contains(Cause.RECONCILER_GAP);
        assertThat(see(1, 7)).isEmpty();
    }

    @Test
    void takesAGapThatChangesForOrdersOnTheirWay() {
        // When, Then
        assertThat(see(1, 7)).isEmpty();
        assertThat(see(1, 6)).isEmpty();
        assertThat(see(2, 6)).isEmpty();
        assertThat(see(2, 10)).isEmpty();
        assertThat(see(2, 6)).isEmpty();
    }

    @Test
    void requestsARecountOfACounterThatIsTooHigh() {
        // When, Then
        assertThat(see(1, 12)).isEmpty();
        assertThat(see(1, 12)).contains(Cause.RECONCILER_GAP);
    }

    @Test
    void requestsARecountThatDoesNotArriveLessAndLessOften() {
        // When
        List<Integer> asked = IntStream.rangeClosed(1, 200)
                .filter(look -> {
                    boolean asks = driftTracker.compare(sale, Optional.empty()).isPresent();
                    driftTracker.endOfLook();
                    return asks;
                })
                .boxed()
                .toList();

        // Then
        assertThat(asked).containsExactly(1, 2, 4, 8, 16, 32, 64, 96, 128, 160, 192);
    }

    @Test
    void requestsARecountAtOnceWhenACounterIsMissingAgain() {
        // Given
        for (int look = 1; look <= 3; look++) {
            boolean unused = driftTracker.compare(sale, Optional.empty()).isPresent();
            driftTracker.endOfLook();
        }

        // When
        assertThat(see(4, 10)).isEmpty();

        // Then
        assertThat(driftTracker.compare(sale, Optional.empty())).contains(Cause.RECONCILER_MISSING);
    }

    @Test
    void forgetsSalesThatAreNoLongerCompared() {
        // Given
        assertThat(see(1, 7)).isEmpty();
        // When
        driftTracker.endOfLook();
        // Then
        assertThat(see(1, 7)).isEmpty();
    }
}
