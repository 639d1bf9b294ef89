package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Stock in Redis: WATCH, read, MULTI, write, EXEC.
 *
 * <p>The naive way, one such transaction a buyer, fails where it matters: of all who try at the same instant one wins the
 * round and the rest begin again. Here one transaction decides about all orders at hand, so that a crowd costs two round
 * trips, and a round is lost only to another process. Counter, reservations, buyers and outcomes change in one EXEC or not at
 * all: when its reply is lost, the next read tells whether it was done, for the orders are then known.
 */
public final class RedisStockCounter implements StockCounter {
    private final CounterConfig config;
    private final CounterMetrics metrics;
    private final OptimisticRetry rounds;
    private final SaleSequencer<DedicatedRedisConnection> lanes;

    public RedisStockCounter(Vertx vertx, RedisStore redis, CounterConfig config, MeterRegistry registry) {
        this.config = config;
        this.metrics = new CounterMetrics(registry, CounterKind.REDIS);
        this.rounds = new OptimisticRetry(vertx, config, metrics);
        this.lanes = new SaleSequencer<>(config.lanes(), number -> redis.line());
    }

    @Override
    public Future<CounterDecisions> decide(SaleId sale, List<OrderPlaced> orders, Set<UUID> again) {
        var reading = new RedisReading(sale, orders);
        return metrics.deciding(
                orders.size(),
                () -> lanes.run(
                        sale, connection -> rounds.run(() -> decideOnce(connection, sale, reading, orders, again))));
    }

    private Future<Optional<CounterDecisions>> decideOnce(
            DedicatedRedisConnection connection,
            SaleId sale,
            RedisReading reading,
            List<OrderPlaced> orders,
            Set<UUID> again) {
        return RedisTransaction.begin(connection, reading.watched(), reading.commands())
                .compose(transaction -> {
                    CounterSnapshot<Reservations> before = reading.snapshot(transaction.read());
                    CounterDecisions counterDecisions = CounterDecisions.of(before, orders, again);
                    return transaction
                            .write(
                                    counterDecisions.changeAnything()
                                            ? writes(sale, before.claims(), counterDecisions)
                                            : List.of())
                            .map(written -> written ? Optional.of(counterDecisions) : Optional.empty());
                });
    }

    private List<Request> writes(SaleId sale, Reservations claims, CounterDecisions counterDecisions) {
        var writes = new ArrayList<Request>();
        if (!claims.takenOrders().isEmpty()) {
            writes.add(Request.cmd(Command.SET)
                    .arg(RedisKeys.counter(sale))
                    .arg(counterDecisions.after().toString()));
            put(writes, RedisKeys.reservations(sale), claims.takenOrders(), config.claimKept());
            put(writes, RedisKeys.buyers(sale), claims.takenBuyers(), config.claimKept());
        }
        counterDecisions.fresh().stream()
                .collect(Collectors.groupingBy(
                        each -> RedisKeys.outcomes(sale, each.placed().receivedAt()),
                        Collectors.toMap(
                                each -> each.placed().requestId(),
                                each -> each.outcome().recorded())))
                .forEach((slot, outcomes) -> put(writes, slot, outcomes, config.outcomeKept()));
        return writes;
    }

    @Override
    public Future<Boolean> install(SaleId sale, CounterValue recount) {
        String key = RedisKeys.counter(sale);
        List<Request> get = List.of(Request.cmd(Command.GET).arg(key));
        List<Request> set = List.of(Request.cmd(Command.SET).arg(key).arg(recount.toString()));
        return lanes.run(
                sale,
                connection -> rounds.run(() -> RedisTransaction.begin(connection, List.of(key), get)
                        .compose(transaction -> {
                            Response there = transaction.read().get(0);
                            boolean newer = recount.replaces(there == null ? null : there.toString());
                            return transaction
                                    .write(newer ? set : List.of())
                                    .map(written -> written ? Optional.of(newer) : Optional.empty());
                        })));
    }

    @Override
    public Future<Void> release(SaleId sale, List<ClaimReleased> released) {
        List<String> watched = List.of(RedisKeys.reservations(sale), RedisKeys.buyers(sale));
        var releasing = new RedisReleasing(sale, released);
        return lanes.run(
                        sale,
                        connection -> rounds.run(() -> RedisTransaction.begin(connection, watched, releasing.commands())
                                .compose(transaction ->
                                        transaction.write(releasing.writes(transaction.read(), config.claimKept())))
                                .map(written -> written ? Optional.of(true) : Optional.empty())))
                .mapEmpty();
    }

    /** Adds fields to a hash that is forgotten some time after the last of them. */
    static void put(List<Request> writes, String key, Map<?, ?> fields, Duration kept) {
        Request set = Request.cmd(Command.HSET).arg(key);
        fields.forEach((name, value) -> set.arg(name.toString()).arg(value.toString()));
        writes.add(set);
        writes.add(Request.cmd(Command.PEXPIRE).arg(key).arg(kept.toMillis()));
    }
}
