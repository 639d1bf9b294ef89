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
import java.util.stream.Stream;

/**
 * Buyers act individually, on several Redis connections, on one counter.
 *
 * @param lines a connection for each concurrent buyer
 * @param shared connections that all buyers use, if any
 */
record RedisStrategy(
        String name,
        Purchase purchase,
        List<DedicatedRedisConnection> lines,
        List<DedicatedRedisConnection> shared,
        Duration keysLife)
        implements RaceStrategy {
    /** Takes one unit for one buyer. */
    interface Purchase {
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
        return Future.all(Stream.concat(lines.stream(), shared.stream())
                        .map(connection -> connection.batch(List.of(Request.cmd(Command.PING))))
                        .toList())
                .mapEmpty();
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
