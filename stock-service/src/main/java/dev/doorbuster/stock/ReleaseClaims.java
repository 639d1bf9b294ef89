package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Releases the claims of orders that no longer hold units, so that their buyers can claim again. */
final class ReleaseClaims implements BatchHandler {
    private record Target(SaleId sale, CounterKind counter) {}

    private final Map<CounterKind, StockCounter> counters;

    ReleaseClaims(Map<CounterKind, StockCounter> counters) {
        this.counters = Map.copyOf(counters);
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        var released = new LinkedHashMap<Target, List<ClaimReleased>>();
        for (Message message : batch.messages()) {
            for (ClaimReleased each : message.elements(ClaimReleased.class)) {
                released.computeIfAbsent(new Target(message.sale(), each.counter()), target -> new ArrayList<>())
                        .add(each);
            }
        }
        return Future.join(released.entrySet().stream()
                        .map(entry -> release(entry.getKey(), entry.getValue()))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> release(Target target, List<ClaimReleased> released) {
        return counters.get(target.counter()).release(target.sale(), released);
    }
}
