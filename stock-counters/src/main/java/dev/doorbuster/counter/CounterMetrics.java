package dev.doorbuster.counter;

import dev.doorbuster.contracts.value.CounterKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/** Metrics of one kind of counter. Sales and buyers are never labels. */
public final class CounterMetrics {
    private static final Duration[] DURATIONS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2)
    };

    private final Timer counterDecisions;
    private final DistributionSummary batchSize;
    private final Counter lostRounds;
    private final Counter unrecorded;

    public CounterMetrics(MeterRegistry registry, CounterKind kind) {
        String counter = kind.wireName();
        counterDecisions = Timer.builder("doorbuster.stock.decision")
                .description("Time from the first read to the last write of a batch's decision")
                .tag("counter", counter)
                .serviceLevelObjectives(DURATIONS)
                .register(registry);
        batchSize = DistributionSummary.builder("doorbuster.stock.batch.orders")
                .description("Orders per decided batch")
                .tag("counter", counter)
                .serviceLevelObjectives(1, 4, 16, 64, 256, 1024, 4096)
                .register(registry);
        lostRounds = Counter.builder("doorbuster.stock.lost.rounds")
                .description("Optimistic transactions aborted by a conflicting writer")
                .tag("counter", counter)
                .register(registry);
        unrecorded = Counter.builder("doorbuster.stock.unrecorded.decisions")
                .description("Decisions counted but not recorded; a redelivery would count them again")
                .tag("counter", counter)
                .register(registry);
    }

    public <T> Future<T> deciding(int orders, Supplier<Future<T>> decision) {
        Timer.Sample begun = Timer.start();
        return decision.get().onSuccess(decided -> {
            batchSize.record(orders);
            long unused = begun.stop(counterDecisions);
        });
    }

    void lostRound() {
        lostRounds.increment();
    }

    public void unrecorded(int count) {
        unrecorded.increment(count);
    }
}
