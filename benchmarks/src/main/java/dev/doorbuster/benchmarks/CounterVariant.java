package dev.doorbuster.benchmarks;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** A counter implementation to measure on one sale. To be used on one event loop. */
interface CounterVariant {
    Future<Void> open(SaleId sale, long stock);

    /** One per concurrent caller; each call decides one order of a new buyer. */
    List<? extends Benchmark.RepeatingCaller> callers(SaleId sale);

    Future<Long> left(SaleId sale);

    /** Conflicting optimistic transactions so far. */
    default long conflicts() {
        return 0;
    }

    /** One unit for a new buyer. */
    static OrderPlaced order(CounterKind kind) {
        return new OrderPlaced(
                Benchmark.UniqueNames.nextId(),
                Benchmark.UniqueNames.nextId(),
                Benchmark.UniqueNames.next(),
                1,
                "key",
                kind,
                1,
                1L,
                "edge-1",
                Instant.now(),
                null,
                null);
    }
}
