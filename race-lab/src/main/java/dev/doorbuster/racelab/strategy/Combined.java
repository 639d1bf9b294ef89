package dev.doorbuster.racelab.strategy;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.CounterOutcome;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.racelab.strategy.RaceStrategy.CounterStore;
import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import dev.doorbuster.runtime.batch.Batcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Doorbuster's way, with the stock-service's counter: buyers who arrive during a transaction are decided together in the next.
 * Buyers of one process never conflict.
 */
final class Combined implements RaceStrategy {
    private static final String LOST_ROUNDS = "doorbuster.stock.lost.rounds";
    private static final int LIMIT = 1;
    private static final String KEY = "race-lab";

    private final String name;
    private final CounterKind kind;
    private final int buyersAtOnce;
    private final StockCounter counter;
    private final MeterRegistry registry;
    private final BiFunction<SaleId, Instant, Future<Void>> remove;
    private final Context loop;
    private final Batcher<OrderPlaced, CounterDecision> batcher;
    private SaleId race;
    private Instant begunAt;
    private double lostBefore;

    /**
     * Counts with a counter of the stock-service.
     *
     * @param registry with the counter's conflicts
     * @param remove deletes the counter's keys of a race that started at this time
     */
    Combined(
            String name,
            CounterKind kind,
            int buyersAtOnce,
            StockCounter counter,
            MeterRegistry registry,
            BiFunction<SaleId, Instant, Future<Void>> remove,
            Context loop) {
        this.name = name;
        this.kind = kind;
        this.buyersAtOnce = buyersAtOnce;
        this.counter = counter;
        this.registry = registry;
        this.remove = remove;
        this.loop = loop;
        this.batcher = new Batcher<>(buyersAtOnce, buyersAtOnce, this::decide);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CounterStore store() {
        return switch (kind) {
            case REDIS -> CounterStore.REDIS;
            case MEMCACHED -> CounterStore.MEMCACHED;
        };
    }

    @Override
    public int buyersAtOnce() {
        return buyersAtOnce;
    }

    @Override
    public Future<Void> open(SaleId opened, long stock) {
        race = opened;
        begunAt = Instant.now();
        lostBefore = lost();
        return counter.install(opened, new CounterValue(1, stock)).mapEmpty();
    }

    @Override
    public Future<Optional<RaceAnswer>> attempt(SaleId in, int place, int buyer) {
        return batcher.submit(order(buyer))
                .map(counterDecision -> Optional.of(
                        counterDecision.outcome() == CounterOutcome.GRANTED_COUNTED
                                ? RaceAnswer.SOLD
                                : RaceAnswer.REFUSED));
    }

    @Override
    public long lostRounds() {
        return Math.round(lost() - lostBefore);
    }

    @Override
    public Future<Void> close(SaleId closed) {
        return remove.apply(closed, begunAt);
    }

    private OrderPlaced order(int buyer) {
        var id = new UUID(0, buyer);
        return new OrderPlaced(id, id, "buyer-" + buyer, 1, KEY, kind, LIMIT, null, KEY, begunAt, null, null);
    }

    /** Completes on the race's event loop, as the batcher requires. */
    private Future<List<CounterDecision>> decide(List<OrderPlaced> orders) {
        return Future.future(decided -> counter.decide(race, orders)
                .map(CounterDecisions::all)
                .onComplete(result -> loop.runOnContext(v -> decided.handle(result))));
    }

    private double lost() {
        return registry.find(LOST_ROUNDS).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
