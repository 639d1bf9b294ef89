package dev.doorbuster.stock;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterConfig;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.counter.memcached.MemcachedStockCounter;
import dev.doorbuster.counter.redis.RedisStockCounter;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.publish.DroppingPublisher;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.store.MemcachedStores;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.runtime.trace.Tracing;
import dev.doorbuster.stock.StockConfig.DeciderConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides batches of orders on the real stores, for two sales with random ids, one of each counter kind, so that the JIT has
 * compiled the code before the first real orders. Half of the orders are refused. The counters are deleted afterwards; claims
 * and outcomes expire within {@link #KEPT}, as do Redis counters if the process dies meanwhile. Published messages are encoded
 * and dropped; the metrics are separate.
 */
final class DeciderWarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(DeciderWarmUp.class);
    private static final Duration MAX = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int BATCHES = 90;
    /** Orders per batch, in turn: single orders, as under low load, and larger batches, as under high load. */
    private static final List<Integer> BATCH_ORDERS = List.of(1, 8, 32);

    private final RedisStore redis;
    private final MemcachedStores memcached;
    private final Map<CounterKind, StockCounter> counters;
    private final Decider decider;
    private final SplittableRandom random = new SplittableRandom();

    private DeciderWarmUp(
            Vertx vertx, RedisStore redis, MemcachedStores memcached, CounterConfig config, DeciderConfig decider) {
        this.redis = redis;
        this.memcached = memcached;
        MeterRegistry meters = new SimpleMeterRegistry();
        var brief = new CounterConfig(1, config.roundsMax(), config.jitterMax(), KEPT, KEPT);
        this.counters = Map.of(
                CounterKind.REDIS,
                new RedisStockCounter(vertx, redis, brief, meters),
                CounterKind.MEMCACHED,
                new MemcachedStockCounter(vertx, sale -> memcached.pinned(MemcachedKeys.counter(sale)), brief, meters));
        var stockMetrics = new StockMetrics(meters);
        var publisher = new DroppingPublisher();
        this.decider = new Decider(
                new DecideOnCounter(vertx, counters, publisher, decider, stockMetrics),
                publisher,
                refused -> Future.succeededFuture(),
                stockMetrics,
                Tracing.OFF);
    }

    /** Never fails: completes when all batches are decided, one has failed, or the time limit is reached. */
    static Future<Void> run(
            Vertx vertx, RedisStore redis, MemcachedStores memcached, CounterConfig config, DeciderConfig decider) {
        return EventLoop.call(vertx, () -> new DeciderWarmUp(vertx, redis, memcached, config, decider).run());
    }

    private Future<Void> run() {
        long began = System.nanoTime();
        return Future.join(decideAll(CounterKind.REDIS), decideAll(CounterKind.MEMCACHED))
                .timeout(MAX.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(done -> LOG.info(
                        "warmed up the decider with {} batches in {} ms",
                        2 * BATCHES,
                        (System.nanoTime() - began) / 1_000_000))
                .onFailure(cause -> LOG.warn(
                        "the warm-up of the decider ended early: {}. The first orders may be slow", cause.toString()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<Void> decideAll(CounterKind kind) {
        SaleId sale = SaleId.random(random);
        long orders = (long) BATCHES
                / BATCH_ORDERS.size()
                * BATCH_ORDERS.stream().mapToInt(Integer::intValue).sum();
        return counters.get(kind)
                .install(sale, new CounterValue(1, orders / 2))
                .compose(installed -> expire(kind, sale))
                .compose(v -> decide(kind, sale, 0))
                .eventually(() -> delete(kind, sale));
    }

    private Future<Void> decide(CounterKind kind, SaleId sale, int batch) {
        if (batch == BATCHES) {
            return Future.succeededFuture();
        }
        int orders = BATCH_ORDERS.get(batch % BATCH_ORDERS.size());
        return decider.handle(new MessageBatch(List.of(placed(kind, sale, orders))))
                .compose(decided -> expire(kind, sale))
                .compose(v -> decide(kind, sale, batch + 1));
    }

    private static Message placed(CounterKind kind, SaleId sale, int orders) {
        List<OrderPlaced> placed = IntStream.range(0, orders)
                .mapToObj(number -> new OrderPlaced(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID().toString(),
                        1,
                        UUID.randomUUID().toString(),
                        kind,
                        1,
                        1L,
                        "warm-up",
                        Instant.now(),
                        null,
                        null))
                .toList();
        return Message.of(sale, placed);
    }

    /** In case the process dies before {@link #delete}. Each write to a Redis counter removes its expiry. Memcached evicts. */
    private Future<Void> expire(CounterKind kind, SaleId sale) {
        return kind == CounterKind.REDIS
                ? redis.send(Request.cmd(Command.PEXPIRE)
                                .arg(RedisKeys.counter(sale))
                                .arg(KEPT.toMillis()))
                        .mapEmpty()
                : Future.succeededFuture();
    }

    private Future<Void> delete(CounterKind kind, SaleId sale) {
        return kind == CounterKind.REDIS
                ? redis.send(Request.cmd(Command.DEL)
                                .arg(RedisKeys.counter(sale))
                                .arg(RedisKeys.reservations(sale))
                                .arg(RedisKeys.buyers(sale)))
                        .mapEmpty()
                : memcached
                        .pinned(MemcachedKeys.counter(sale))
                        .delete(MemcachedKeys.counter(sale))
                        .mapEmpty();
    }
}
