package dev.doorbuster.counter.redis;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterConfig;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterSnapshot;
import dev.doorbuster.counter.CounterMetrics;
import dev.doorbuster.counter.OptimisticRetry;
import dev.doorbuster.counter.SaleSequencer;
import dev.doorbuster.counter.StockCounter;
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
 * Stock in Redis, with WATCH, reads, MULTI, writes, EXEC.
 *
 * <p>One such transaction per buyer would fail under load: of all concurrent attempts one succeeds, and the rest start again.
 * Here one transaction decides a whole batch, so that any number of orders costs two round trips, and conflicts occur only with
 * other processes. Counter, reservations, buyers and outcomes change in one EXEC or not at all: if its reply is lost, the next
 * read shows whether it was executed, because the orders are then recorded.
 */
public final class RedisStockCounter implements StockCounter {
    private final CounterConfig config;
    private final CounterMetrics metrics;
    private final OptimisticRetry rounds;
    private final SaleSequencer<DedicatedRedisConnection> sequencer;

    public RedisStockCounter(Vertx vertx, RedisStore redis, CounterConfig config, MeterRegistry registry) {
        this.config = config;
        this.metrics = new CounterMetrics(registry, CounterKind.REDIS);
        this.rounds = new OptimisticRetry(vertx, config, metrics);
        this.sequencer = new SaleSequencer<>(config.sequences(), number -> redis.line());
    }

    @Override
    public Future<CounterDecisions> decide(SaleId sale, List<OrderPlaced> orders, Set<UUID> again) {
        var reading = new RedisReading(sale, orders);
        return metrics.deciding(
                orders.size(),
                () -> sequencer.run(
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
            writes.add(Request.cmd(
                    Command.SET,
                    RedisKeys.counter(sale),
                    counterDecisions.after().toString()));
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
        List<Request> set = List.of(Request.cmd(Command.SET, key, recount.toString()));
        return sequencer.run(
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
        return sequencer
                .run(
                        sale,
                        connection -> rounds.run(() -> RedisTransaction.begin(connection, watched, releasing.commands())
                                .compose(transaction ->
                                        transaction.write(releasing.writes(transaction.read(), config.claimKept())))
                                .map(written -> written ? Optional.of(true) : Optional.empty())))
                .mapEmpty();
    }

    /** Sets fields of a hash and renews its expiry. */
    static void put(List<Request> writes, String key, Map<?, ?> fields, Duration kept) {
        Request set = Request.cmd(Command.HSET).arg(key);
        fields.forEach((name, value) -> set.arg(name.toString()).arg(value.toString()));
        writes.add(set);
        writes.add(Request.cmd(Command.PEXPIRE, key, kept.toMillis()));
    }
}
