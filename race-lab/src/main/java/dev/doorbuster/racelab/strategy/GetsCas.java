package dev.doorbuster.racelab.strategy;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.racelab.strategy.RaceStrategy.CounterStore;
import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.MemcachedStore.Versioned;
import dev.doorbuster.runtime.store.MemcachedStores;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One compare-and-set per buyer: exact, but of all that read the same version one succeeds, and the others must retry. */
record GetsCas(MemcachedStores memcached, int buyersAtOnce, Duration keysLife) implements RaceStrategy {
    @Override
    public String name() {
        return "gets-cas";
    }

    @Override
    public CounterStore store() {
        return CounterStore.MEMCACHED;
    }

    @Override
    public Future<Void> open(SaleId race, long stock) {
        return server(race)
                .set(RaceIds.key(race), Long.toString(stock), keysLife)
                .mapEmpty();
    }

    @Override
    public Future<Optional<RaceAnswer>> attempt(SaleId race, int place, int buyer) {
        String key = RaceIds.key(race);
        return server(race).getsAll(List.of(key)).compose(read -> {
            Versioned there = read.get(key);
            if (there == null) {
                return Future.failedFuture("the counter is missing");
            }
            long left = Long.parseLong(there.value());
            return left == 0
                    ? Future.succeededFuture(Optional.of(RaceAnswer.REFUSED))
                    : server(race)
                            .cas(key, Long.toString(left - 1), keysLife, there.version())
                            .map(won -> won ? Optional.of(RaceAnswer.SOLD) : Optional.empty());
        });
    }

    @Override
    public Future<Void> close(SaleId race) {
        return server(race).delete(RaceIds.key(race)).mapEmpty();
    }

    private MemcachedStore server(SaleId race) {
        return memcached.pinned(RaceIds.key(race));
    }
}
