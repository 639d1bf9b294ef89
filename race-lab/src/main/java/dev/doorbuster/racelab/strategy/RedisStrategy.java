package dev.doorbuster.racelab.strategy;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.racelab.strategy.RaceStrategy.CounterStore;
import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Buyers act individually, on several Redis connections, on one counter. */
record RedisStrategy(String name, Purchase purchase, List<DedicatedRedisConnection> lines, Duration keysLife)
        implements RaceStrategy {
    /** Takes one unit for one buyer. */
    interface Purchase {
        /** Opens connections of its own, if it has some. */
        default Future<Void> connect() {
            return Future.succeededFuture();
        }

        Future<Optional<RaceAnswer>> attempt(DedicatedRedisConnection connection, String key);
    }

    @Override
    public CounterStore store() {
        return CounterStore.REDIS;
    }

    @Override
    public int buyersAtOnce() {
        return lines.size();
    }

    @Override
    public Future<Void> open(SaleId race, long stock) {
        Request set = Request.cmd(Command.SET)
                .arg(RaceIds.key(race))
                .arg(stock)
                .arg("PX")
                .arg(keysLife.toMillis());
        return connect().compose(connected -> lines.get(0).batch(List.of(set))).mapEmpty();
    }

    /** Connections open at the first use, which would otherwise be part of the first race's time. */
    private Future<Void> connect() {
        return Future.all(lines.stream()
                        .map(connection -> connection.batch(List.of(Request.cmd(Command.PING))))
                        .toList())
                .compose(connected -> purchase.connect());
    }

    @Override
    public Future<Optional<RaceAnswer>> attempt(SaleId race, int place, int buyer) {
        return purchase.attempt(lines.get(place), RaceIds.key(race));
    }

    @Override
    public Future<Void> close(SaleId race) {
        return lines.get(0)
                .batch(List.of(Request.cmd(Command.DEL).arg(RaceIds.key(race))))
                .mapEmpty();
    }
}
