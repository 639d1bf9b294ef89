package dev.doorbuster.counter;

import static dev.doorbuster.counter.CounterOutcome.GRANTED_COUNTED;
import static dev.doorbuster.counter.CounterOutcome.GRANTED_UNCOUNTED;
import static dev.doorbuster.counter.CounterOutcome.REFUSED_NOT_ENOUGH_LEFT;
import static dev.doorbuster.counter.CounterOutcome.REFUSED_SOLD_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.CounterDecisions.CounterSnapshot;
import dev.doorbuster.counter.redis.Reservations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Cases that are hard to arrange with a real store; the others are in {@link StockCounterContract}. */
class CounterDecisionsTest {
    private final Orders orders = new Orders(CounterKind.REDIS, 2);
    private final Map<UUID, CounterOutcome> recorded = new HashMap<>();
    private final Set<UUID> again = new HashSet<>();
    private final Set<UUID> known = new HashSet<>();
    private final Map<String, Long> buyers = new HashMap<>();

    private long epoch = 7;

    private CounterDecisions decide(long available, OrderPlaced... placed) {
        var before =
                new CounterSnapshot<>(new CounterValue(epoch, available), recorded, new Reservations(known, buyers));
        return CounterDecisions.of(before, List.of(placed), again);
    }

    private static List<CounterOutcome> outcomes(CounterDecisions counterDecisions) {
        return counterDecisions.all().stream().map(CounterDecision::outcome).toList();
    }

    @Test
    void decidesADuplicateRequestOnce() {
        // Given
        OrderPlaced placed = orders.by("a");

        // When
        CounterDecisions counterDecisions = decide(5, placed, placed);

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(GRANTED_COUNTED);
        assertThat(counterDecisions.after()).isEqualTo(new CounterValue(7, 4));
    }

    @Test
    void changesNothingIfEveryOutcomeIsRecorded() {
        // Given
        OrderPlaced granted = orders.by("a");
        OrderPlaced refused = orders.by("b");
        recorded.put(granted.requestId(), GRANTED_UNCOUNTED);
        recorded.put(refused.requestId(), REFUSED_NOT_ENOUGH_LEFT);

        // When
        CounterDecisions counterDecisions = decide(5, granted, refused);

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(GRANTED_UNCOUNTED, REFUSED_NOT_ENOUGH_LEFT);
        assertThat(counterDecisions.changeAnything()).isFalse();
        assertThat(counterDecisions.after()).isEqualTo(new CounterValue(7, 5));
    }

    @Test
    void decidesANewRequestAfterARedeliveredRefusedOne() {
        // Given
        OrderPlaced refused = orders.by("a");
        OrderPlaced asked = orders.again(refused);
        OrderPlaced askedToo = orders.again(refused);
        recorded.put(refused.requestId(), REFUSED_SOLD_OUT);

        // When
        CounterDecisions counterDecisions = decide(5, refused, asked, askedToo);

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(REFUSED_SOLD_OUT, GRANTED_COUNTED, GRANTED_UNCOUNTED);
        assertThat(counterDecisions.fresh()).extracting(CounterDecision::placed).containsExactly(asked, askedToo);
        assertThat(counterDecisions.after().available()).isEqualTo(4);
    }

    @Test
    void refusesANewRequestWithTheCurrentReasonNotTheRecordedOne() {
        // Given
        OrderPlaced refused = orders.by("a", 2);
        recorded.put(refused.requestId(), REFUSED_NOT_ENOUGH_LEFT);

        // When
        CounterDecisions counterDecisions = decide(0, refused, orders.again(refused));

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(REFUSED_NOT_ENOUGH_LEFT, REFUSED_SOLD_OUT);
    }

    @Test
    void keepsAGrantAlsoAfterARefusedRequestForTheSameOrder() {
        // Given
        OrderPlaced refused = orders.by("a");
        OrderPlaced granted = orders.again(refused);
        recorded.put(refused.requestId(), REFUSED_SOLD_OUT);
        recorded.put(granted.requestId(), GRANTED_UNCOUNTED);

        // When
        CounterDecisions counterDecisions = decide(0, refused, granted, orders.again(refused));

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(REFUSED_SOLD_OUT, GRANTED_UNCOUNTED, GRANTED_UNCOUNTED);
    }

    @Test
    void grantsARefusedRequestAfterANewOneThatWasGranted() {
        // Given
        OrderPlaced refused = orders.by("a");
        recorded.put(refused.requestId(), REFUSED_SOLD_OUT);

        // When
        CounterDecisions counterDecisions = decide(5, orders.again(refused), refused);

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(GRANTED_COUNTED, GRANTED_UNCOUNTED);
        assertThat(counterDecisions.after().available()).isEqualTo(4);
    }

    @Test
    void countsOrdersOfTheSameBatchAgainstTheLimit() {
        // Given
        buyers.put("a", 1L);

        // When
        CounterDecisions counterDecisions = decide(5, orders.by("a"), orders.by("a"), orders.by("b", 2));

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(GRANTED_COUNTED, GRANTED_UNCOUNTED, GRANTED_COUNTED);
        assertThat(counterDecisions.after().available()).isEqualTo(2);
    }

    @Test
    void grantsAReleasedOrderUncountedEvenWhenSoldOut() {
        // Given
        OrderPlaced released = orders.by("a");
        known.add(released.orderId());

        // When
        CounterDecisions counterDecisions = decide(0, released);

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(GRANTED_UNCOUNTED);
    }

    @Test
    void grantsASmallerOrderAfterOneThatIsTooLarge() {
        // When
        CounterDecisions counterDecisions = decide(1, orders.by("a", 2), orders.by("b"), orders.by("c"));

        // Then
        assertThat(outcomes(counterDecisions))
                .containsExactly(REFUSED_NOT_ENOUGH_LEFT, GRANTED_COUNTED, REFUSED_SOLD_OUT);
    }

    @Test
    void doesNotCountAnUnknownRedeliveredRequestAfterARecount() {
        // Given
        OrderPlaced placed = orders.by("a");
        again.add(placed.requestId());

        // When
        CounterDecisions counterDecisions = decide(1, placed, orders.by("b"));

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(GRANTED_UNCOUNTED, GRANTED_COUNTED);
        assertThat(counterDecisions.after().available()).isZero();
        assertThat(counterDecisions.fresh()).hasSize(2);
    }

    @Test
    void countsARedeliveredRequestWithoutARecountInBetween() {
        // Given
        OrderPlaced placed = orders.by("a");
        again.add(placed.requestId());
        epoch = Orders.EPOCH;

        // When
        CounterDecisions counterDecisions = decide(5, placed);

        // Then
        assertThat(outcomes(counterDecisions)).containsExactly(GRANTED_COUNTED);
    }

    @Test
    void refusesARedeliveredRequestIfNotEnoughIsLeft() {
        // Given
        OrderPlaced placed = orders.by("a", 2);
        again.add(placed.requestId());

        // When, Then
        assertThat(outcomes(decide(1, placed))).containsExactly(REFUSED_NOT_ENOUGH_LEFT);
        assertThat(outcomes(decide(0, placed))).containsExactly(REFUSED_SOLD_OUT);
    }

    @Test
    void parsesRecordedOutcomes() {
        assertThat(CounterOutcome.ofRecorded(GRANTED_COUNTED.recorded())).contains(GRANTED_UNCOUNTED);
        assertThat(CounterOutcome.ofRecorded(GRANTED_UNCOUNTED.recorded())).contains(GRANTED_UNCOUNTED);
        assertThat(CounterOutcome.ofRecorded(REFUSED_SOLD_OUT.recorded())).contains(REFUSED_SOLD_OUT);
        assertThat(CounterOutcome.ofRecorded(REFUSED_NOT_ENOUGH_LEFT.recorded()))
                .contains(REFUSED_NOT_ENOUGH_LEFT);
        assertThat(CounterOutcome.ofRecorded("anything else")).isEmpty();
        assertThat(CounterOutcome.ofRecorded(null)).isEmpty();
    }
}
