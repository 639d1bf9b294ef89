package dev.doorbuster.counter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Shows that the contract test can fail. */
class NaiveStockCounterTest {
    private static final int DECIDERS = 4;

    private final Map<SaleId, CounterValue> store = new HashMap<>();

    @Test
    void oversellsWhenSeveralDecidersReadBeforeOneOfThemWrites() {
        // Given
        var together = new MeetingPoint(DECIDERS);
        List<NaiveStockCounter> deciders = Stream.generate(() -> new NaiveStockCounter(store, together::arrive))
                .limit(DECIDERS)
                .toList();

        // When, Then
        assertThatThrownBy(() -> Sellout.sellsExactlyTheStock(deciders, new Orders(CounterKind.REDIS, 1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("units granted, of 320")
                .hasMessageContaining("expected: 320L");
    }

    @Test
    void sellsExactlyTheStockWithASingleDecider() {
        // Given
        var alone = new NaiveStockCounter(store, Future::succeededFuture);

        // When, Then
        Sellout.sellsExactlyTheStock(List.of(alone), new Orders(CounterKind.REDIS, 1));
    }

    /** A barrier: callers continue when all have arrived; reusable. */
    private static final class MeetingPoint {
        private final int expected;
        private int arrived;
        private Promise<Void> open = Promise.promise();

        MeetingPoint(int expected) {
            this.expected = expected;
        }

        Future<Void> arrive() {
            Promise<Void> mine = open;
            if (++arrived == expected) {
                arrived = 0;
                open = Promise.promise();
                mine.complete();
            }
            return mine.future();
        }
    }
}
