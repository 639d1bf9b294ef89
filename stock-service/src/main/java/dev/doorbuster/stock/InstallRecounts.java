package dev.doorbuster.stock;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets counters to the ledger's recounts. Of several recounts only the newest is installed. */
final class InstallRecounts implements BatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(InstallRecounts.class);

    private final Map<CounterKind, StockCounter> counters;

    InstallRecounts(Map<CounterKind, StockCounter> counters) {
        this.counters = Map.copyOf(counters);
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        var newest = new EnumMap<CounterKind, CounterValue>(CounterKind.class);
        for (Message message : batch.messages()) {
            for (SaleCounted counted : message.elements(SaleCounted.class)) {
                newest.merge(
                        counted.counter(),
                        new CounterValue(counted.epoch(), counted.available()),
                        (one, other) -> other.epoch() > one.epoch() ? other : one);
            }
        }
        return Future.join(newest.entrySet().stream()
                        .map(entry -> install(batch.sale(), entry.getKey(), entry.getValue()))
                        .toList())
                .mapEmpty();
    }

    private Future<Boolean> install(SaleId sale, CounterKind counter, CounterValue recount) {
        return counters.get(counter)
                .install(sale, recount)
                .onSuccess(installed -> LOG.debug("sale {}: recount {} installed: {}", sale, recount, installed));
    }
}
