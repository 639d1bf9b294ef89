package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Releases the claims of orders that no longer hold units, so that their buyers can claim again. */
final class ReleaseClaims implements BatchHandler {
    private final Map<CounterKind, StockCounter> counters;

    ReleaseClaims(Map<CounterKind, StockCounter> counters) {
        this.counters = Map.copyOf(counters);
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        Map<CounterKind, List<ClaimReleased>> released = batch.messages().stream()
                .flatMap(message -> message.elements(ClaimReleased.class).stream())
                .collect(Collectors.groupingBy(ClaimReleased::counter));
        return Future.join(released.entrySet().stream()
                        .map(entry -> counters.get(entry.getKey()).release(batch.sale(), entry.getValue()))
                        .toList())
                .mapEmpty();
    }
}
