package dev.doorbuster.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions.CounterSnapshot;
import dev.doorbuster.counter.redis.Reservations;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A racy counter (get, decide, set), which shows that the contract test can fail.
 *
 * @param store shared with the other deciders
 * @param meanwhile runs between get and set
 */
record NaiveStockCounter(Map<SaleId, CounterValue> store, Supplier<Future<Void>> meanwhile) implements StockCounter {
    @Override
    public Future<CounterDecisions> decide(SaleId sale, List<OrderPlaced> orders, Set<UUID> again) {
        CounterValue value = store.get(sale);
        var claims = new Reservations(new HashSet<>(), new HashMap<>());
        CounterDecisions counterDecisions =
                CounterDecisions.of(new CounterSnapshot<>(value, Map.of(), claims), orders, again);
        return meanwhile.get().map(later -> {
            store.put(sale, counterDecisions.after());
            return counterDecisions;
        });
    }

    @Override
    public Future<Boolean> install(SaleId sale, CounterValue recount) {
        store.put(sale, recount);
        return Future.succeededFuture(true);
    }

    @Override
    public Future<Void> release(SaleId sale, List<ClaimReleased> released) {
        return Future.succeededFuture();
    }
}
