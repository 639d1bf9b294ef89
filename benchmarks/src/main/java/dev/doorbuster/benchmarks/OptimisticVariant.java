package dev.doorbuster.benchmarks;

import dev.doorbuster.benchmarks.Benchmark.RepeatingCaller;
import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.start.EventLoop;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;

/** The stock-service's counters: WATCH/MULTI or gets/cas, one order per transaction or combined. */
record OptimisticVariant(
        CounterKind kind, List<StockCounter> counters, MeterRegistry registry, int callersMax, boolean combined)
        implements CounterVariant {
    private static final String LOST_ROUNDS = "doorbuster.stock.lost.rounds";
    private static final int BATCH_MAX = 256;

    /** @param counters one per caller; with Redis each has its own connection */
    static OptimisticVariant oneByOne(CounterKind kind, List<StockCounter> counters, MeterRegistry registry) {
        return new OptimisticVariant(kind, counters, registry, counters.size(), false);
    }

    /** Orders that arrive during a transaction are decided together in the next. */
    static OptimisticVariant combined(CounterKind kind, StockCounter counter, MeterRegistry registry, int callers) {
        return new OptimisticVariant(kind, List.of(counter), registry, callers, true);
    }

    @Override
    public Future<Void> open(SaleId sale, long stock) {
        return counters.get(0).install(sale, new CounterValue(1, stock)).mapEmpty();
    }

    @Override
    public List<? extends RepeatingCaller> callers(SaleId sale) {
        if (!combined) {
            return counters.stream()
                    .map(counter -> (RepeatingCaller) () -> counter.decide(sale, List.of(CounterVariant.order(kind)))
                            .map(1))
                    .toList();
        }
        var batcher = new Batcher<OrderPlaced, CounterDecision>(BATCH_MAX, callersMax, batch -> decide(sale, batch));
        RepeatingCaller caller =
                () -> batcher.submit(CounterVariant.order(kind)).map(1);
        return Collections.nCopies(callersMax, caller);
    }

    /** Completes on the event loop of the batcher. */
    private Future<List<CounterDecision>> decide(SaleId sale, List<OrderPlaced> batch) {
        return EventLoop.onCallersContext(counters.get(0).decide(sale, batch).map(CounterDecisions::all));
    }

    /** Decides one more order to read the counter. */
    @Override
    public Future<Long> left(SaleId sale) {
        return counters.get(0)
                .decide(sale, List.of(CounterVariant.order(kind)))
                .map(counterDecisions -> counterDecisions.after().available()
                        + counterDecisions.counted().size());
    }

    @Override
    public long conflicts() {
        return Math.round(registry.find(LOST_ROUNDS).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }
}
