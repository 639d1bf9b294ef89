package dev.doorbuster.stock;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.CounterOutcome;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.counter.StockCounter.MissingCounterException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Returns preset decisions; by default it grants and counts every order. */
final class FakeCounter implements StockCounter {
    record Installed(SaleId sale, CounterValue recount) {}

    record Released(SaleId sale, List<ClaimReleased> released) {}

    final List<List<OrderPlaced>> decided = new ArrayList<>();
    final Set<UUID> decidedAgain = new HashSet<>();
    final List<Installed> installed = new ArrayList<>();
    final List<Released> released = new ArrayList<>();
    Function<OrderPlaced, CounterOutcome> outcome = placed -> CounterOutcome.GRANTED_COUNTED;
    Future<Void> before = Future.succeededFuture();
    /** Number of calls for which the counter is missing. */
    int missing;

    @Override
    public Future<CounterDecisions> decide(SaleId sale, List<OrderPlaced> orders, Set<UUID> again) {
        if (missing-- > 0) {
            return Future.failedFuture(new MissingCounterException(sale));
        }
        return before.map(v -> {
            decided.add(orders);
            decidedAgain.addAll(again);
            List<CounterDecision> all = orders.stream()
                    .map(each -> new CounterDecision(each, outcome.apply(each)))
                    .toList();
            return new CounterDecisions(new CounterValue(1, 0), all, all);
        });
    }

    @Override
    public Future<Boolean> install(SaleId sale, CounterValue recount) {
        installed.add(new Installed(sale, recount));
        return Future.succeededFuture(true);
    }

    @Override
    public Future<Void> release(SaleId sale, List<ClaimReleased> claims) {
        released.add(new Released(sale, claims));
        return Future.succeededFuture();
    }
}
