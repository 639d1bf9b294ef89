package dev.doorbuster.counter;

import static dev.doorbuster.counter.CounterOutcome.GRANTED_COUNTED;
import static dev.doorbuster.counter.CounterOutcome.GRANTED_UNCOUNTED;
import static dev.doorbuster.counter.CounterOutcome.REFUSED_NOT_ENOUGH_LEFT;
import static dev.doorbuster.counter.CounterOutcome.REFUSED_SOLD_OUT;
import static dev.doorbuster.counter.Futures.await;
import static dev.doorbuster.counter.Futures.awaitFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.StockCounter.MissingCounterException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of every counter. */
public abstract class StockCounterContract {
    private static final int DECIDERS = 4;

    private final SaleId sale = Orders.newSale();
    private StockCounter counter;

    public abstract CounterKind kind();

    /** A second process on the same counters. */
    public abstract StockCounter newCounter();

    /** The stored value of the counter's key. */
    public abstract Optional<String> stored(SaleId sale);

    /** Stores any value under the counter's key; null deletes it. */
    public abstract void store(SaleId sale, String value);

    private StockCounter counter() {
        if (counter == null) {
            counter = newCounter();
        }
        return counter;
    }

    private Orders limit(int perBuyer) {
        return new Orders(kind(), perBuyer);
    }

    private void stock(long units) {
        recount(1, units);
    }

    @CanIgnoreReturnValue
    private boolean recount(long epoch, long units) {
        return await(counter().install(sale, new CounterValue(epoch, units)));
    }

    private void release(ClaimReleased... claims) {
        await(counter().release(sale, List.of(claims)));
    }

    /** Refuses the orders, then returns units by a recount. */
    private void refuseAndRecount(OrderPlaced... orders) {
        stock(0);
        assertThat(decide(orders)).containsOnly(REFUSED_SOLD_OUT);
        recount(2, 10);
    }

    @CanIgnoreReturnValue
    private List<CounterOutcome> decide(OrderPlaced... orders) {
        return await(counter().decide(sale, List.of(orders))).all().stream()
                .map(CounterDecision::outcome)
                .toList();
    }

    @Test
    void sellsExactlyTheStockWhenSeveralDecidersCompete() {
        // Given
        List<StockCounter> deciders =
                Stream.generate(this::newCounter).limit(DECIDERS).toList();

        // When, Then
        Sellout.sellsExactlyTheStock(deciders, limit(1));
    }

    @Test
    void grantsInOrderAndDistinguishesSoldOutFromNotEnoughLeft() {
        // Given
        stock(5);
        Orders orders = limit(4);

        // When
        List<CounterOutcome> first = decide(orders.by("a", 3), orders.by("b", 3), orders.by("c", 2), orders.by("d"));

        // Then
        assertThat(first).containsExactly(GRANTED_COUNTED, REFUSED_NOT_ENOUGH_LEFT, GRANTED_COUNTED, REFUSED_SOLD_OUT);
        assertThat(stored(sale)).contains("1:0");
    }

    @Test
    void keepsAGrantForTheSameRequestWithoutCountingItAgain() {
        // Given
        stock(5);
        OrderPlaced placed = limit(1).by("a");
        decide(placed);

        // When
        List<CounterOutcome> redelivered = decide(placed);

        // Then
        assertThat(redelivered).containsExactly(GRANTED_UNCOUNTED);
        assertThat(stored(sale)).contains("1:4");
    }

    @Test
    void grantsANewRequestForACountedOrderUncounted() {
        // Given
        stock(5);
        Orders orders = limit(3);
        OrderPlaced placed = orders.by("a");
        decide(placed);

        // When
        List<CounterOutcome> again = decide(orders.again(placed));

        // Then
        assertThat(again).containsExactly(GRANTED_UNCOUNTED);
        assertThat(stored(sale)).contains("1:4");
    }

    @Test
    void keepsARefusalForTheSameRequestEvenWhenUnitsCameBack() {
        // Given
        OrderPlaced refused = limit(1).by("a");
        refuseAndRecount(refused);

        // When
        List<CounterOutcome> redelivered = decide(refused);

        // Then
        assertThat(redelivered).containsExactly(REFUSED_SOLD_OUT);
        assertThat(stored(sale)).contains("2:10");
    }

    @Test
    void keepsTheReasonOfARefusal() {
        // Given
        stock(1);
        OrderPlaced refused = limit(2).by("a", 2);
        decide(refused);
        recount(2, 0);

        // When
        List<CounterOutcome> redelivered = decide(refused);

        // Then
        assertThat(redelivered).containsExactly(REFUSED_NOT_ENOUGH_LEFT);
    }

    @Test
    void decidesANewRequestForARefusedOrderAnew() {
        // Given
        Orders orders = limit(1);
        OrderPlaced refused = orders.by("a");
        refuseAndRecount(refused);

        // When
        List<CounterOutcome> asked = decide(orders.again(refused));

        // Then
        assertThat(asked).containsExactly(GRANTED_COUNTED);
        assertThat(stored(sale)).contains("2:9");
    }

    @Test
    void countsARepeatInOneBatchOnceAndDecidesEveryCopy() {
        // Given
        stock(1);
        Orders orders = limit(1);
        OrderPlaced winner = orders.by("a");
        OrderPlaced loser = orders.by("b");

        // When
        List<CounterOutcome> outcomes = decide(winner, orders.again(winner), loser, orders.again(loser));

        // Then
        assertThat(outcomes).containsExactly(GRANTED_COUNTED, GRANTED_UNCOUNTED, REFUSED_SOLD_OUT, REFUSED_SOLD_OUT);
        assertThat(stored(sale)).contains("1:0");
    }

    @Test
    void recordsTheRefusalOfEveryCopy() {
        // Given
        Orders orders = limit(1);
        OrderPlaced loser = orders.by("b");
        OrderPlaced copy = orders.again(loser);
        refuseAndRecount(loser, copy);

        // When
        List<CounterOutcome> redelivered = decide(copy);

        // Then
        assertThat(redelivered).containsExactly(REFUSED_SOLD_OUT);
    }

    @Test
    void leavesABuyerOverTheLimitToTheLedger() {
        // Given
        stock(10);
        Orders orders = limit(1);

        // When
        List<CounterOutcome> together = decide(orders.by("a"), orders.by("a"));
        List<CounterOutcome> later = decide(orders.by("a"));

        // Then
        assertThat(together).containsExactly(GRANTED_COUNTED, GRANTED_UNCOUNTED);
        assertThat(later).containsExactly(GRANTED_UNCOUNTED);
        assertThat(stored(sale)).contains("1:9");
    }

    @Test
    void doesNotTreatAMissingCounterAsZero() {
        // Given
        stock(3);
        store(sale, null);

        // When
        Future<CounterDecisions> counterDecisions = counter().decide(sale, limit(1).crowd("a", 2));

        // Then
        awaitFailure(MissingCounterException.class, counterDecisions);
        assertThat(stored(sale)).isEmpty();
    }

    @Test
    void treatsAnUnparseableCounterAsMissingAndReplacesItByARecount() {
        // Given
        store(sale, "7");

        // When
        Future<CounterDecisions> counterDecisions = counter().decide(sale, limit(1).crowd("a", 2));

        // Then
        awaitFailure(MissingCounterException.class, counterDecisions);
        assertThat(recount(3, 7)).isTrue();
        assertThat(decide(limit(1).by("a"))).containsExactly(GRANTED_COUNTED);
        assertThat(stored(sale)).contains("3:6");
    }

    @Test
    void decidesNothingForAnUnknownSale() {
        // Given
        recount(0, 0);

        // When
        Future<CounterDecisions> counterDecisions = counter().decide(sale, limit(1).crowd("a", 2));

        // Then
        awaitFailure(UnknownSaleException.class, counterDecisions);
    }

    @Test
    void installsARecountOverAMissingOrOlderCounterOnly() {
        // When
        boolean overNothing = recount(2, 20);
        boolean same = recount(2, 99);
        boolean older = recount(1, 99);
        boolean newer = recount(5, 50);

        // Then
        assertThat(List.of(overNothing, same, older, newer)).containsExactly(true, false, false, true);
        assertThat(stored(sale)).contains("5:50");
    }

    @Test
    void installsTheNewestOfManyRecountsWhileOthersDecide() {
        // Given
        stock(1000);
        Orders orders = limit(1);
        StockCounter other = newCounter();

        // When
        Future<?> recounts = Future.join(Stream.iterate(2, epoch -> epoch + 1)
                .limit(20)
                .map(epoch -> other.install(sale, new CounterValue(epoch, 1000)))
                .toList());
        Future<?> counterDecisions = Future.join(Stream.iterate(0, i -> i + 1)
                .limit(20)
                .map(i -> counter().decide(sale, orders.crowd("crowd-" + i, 5)))
                .toList());
        await(Future.join(recounts, counterDecisions));

        // Then
        CounterValue last = CounterValue.parse(stored(sale).orElseThrow()).orElseThrow();
        assertThat(last.epoch()).isEqualTo(21);
        assertThat(last.available()).isBetween(900L, 1000L);
    }

    @Test
    void grantsABuyerOnceMoreWhenAClaimIsReleasedTwice() {
        // Given
        stock(10);
        Orders orders = limit(1);
        OrderPlaced first = orders.by("a");
        decide(first);
        release(orders.released(first));
        OrderPlaced second = orders.by("a");
        assertThat(decide(second)).containsExactly(GRANTED_COUNTED);

        // When
        release(orders.released(first), orders.released(first));

        // Then
        assertThat(decide(orders.by("a"))).containsExactly(GRANTED_UNCOUNTED);
    }

    @Test
    void doesNotRaiseTheCounterWhenAClaimIsReleased() {
        // Given
        stock(10);
        Orders orders = limit(1);
        OrderPlaced placed = orders.by("a");
        decide(placed);

        // When
        release(orders.released(placed));

        // Then
        assertThat(stored(sale)).contains("1:9");
    }

    @Test
    void doesNotCountAReleasedOrderThatIsDeliveredAgain() {
        // Given
        stock(10);
        Orders orders = limit(1);
        OrderPlaced placed = orders.by("a");
        decide(placed);
        release(orders.released(placed));

        // When
        List<CounterOutcome> redelivered = decide(placed);

        // Then
        assertThat(redelivered).containsExactly(GRANTED_UNCOUNTED);
        assertThat(stored(sale)).contains("1:9");
    }

    @Test
    void countsEachSaleByItself() {
        // Given
        stock(1);
        SaleId otherSale = Orders.newSale();
        await(counter().install(otherSale, new CounterValue(1, 1)));
        Orders orders = limit(1);

        // When
        List<CounterOutcome> here = decide(orders.by("a"), orders.by("b"));
        CounterDecisions there = await(counter().decide(otherSale, List.of(orders.by("a"))));

        // Then
        assertThat(here).containsExactly(GRANTED_COUNTED, REFUSED_SOLD_OUT);
        assertThat(there.counted()).hasSize(1);
    }

    @Test
    void decidesAsManyOrdersAsAConsumerMayHold() {
        // Given
        stock(1500);
        List<OrderPlaced> crowd = limit(1).crowd("buyer with a name of about the longest there may be", 2048);

        // When
        CounterDecisions counterDecisions = await(counter().decide(sale, crowd));

        // Then
        assertThat(counterDecisions.counted()).isEqualTo(crowd.subList(0, 1500));
        assertThat(stored(sale)).contains("1:0");
    }
}
