package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.publish.DroppingPublisher;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of orders for a {@link Ledger} whose transactions are all rolled back, so that its code is JIT-compiled
 * and connections have their prepared statements before the first real batch. Each transaction inserts a sale under
 * a random name, which no other transaction sees. Published messages are encoded and dropped; meters are private.
 */
public final class LedgerWarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWarmUp.class);
    /** Batch sizes, in turn: single orders as under low load, and many as under high load. */
    private static final List<Integer> BATCH_ORDERS = List.of(1, 8, 32);

    /** Concurrent transactions, and so connections that are ready for the first buyers. */
    private static final int CONNECTIONS = 4;

    private final Pool pool;
    private final DatabaseConfig config;
    private final int batches;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final SplittableRandom random = new SplittableRandom();
    private int begun;

    private LedgerWarmUp(Pool pool, DatabaseConfig config, int batches) {
        this.pool = pool;
        this.config = config;
        this.batches = batches;
    }

    /** Never fails: completes when all batches were decided, one failed, or the time limit is reached. */
    public static Future<Void> run(Vertx vertx, Pool pool, DatabaseConfig config, int batches, Duration max) {
        return batches == 0
                ? Future.succeededFuture()
                : EventLoop.call(vertx, () -> new LedgerWarmUp(pool, config, batches).run(max));
    }

    private Future<Void> run(Duration max) {
        long began = System.nanoTime();
        return Future.all(Stream.generate(this::decideMany).limit(CONNECTIONS).toList())
                .timeout(max.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(done -> LOG.info(
                        "warmed up the ledger with {} batches in {} ms",
                        begun,
                        (System.nanoTime() - began) / 1_000_000))
                .onFailure(cause -> LOG.warn(
                        "the warm-up of the ledger ended after {} of {} batches: {}", begun, batches, cause.toString()))
                .onComplete(done -> begun = batches)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<Void> decideMany() {
        SaleId sale = SaleId.random(random);
        return decideNext(
                new Ledger(new RolledBack(pool, sale), pool, config, new DroppingPublisher(), meters, Tracing.OFF),
                sale);
    }

    private Future<Void> decideNext(Ledger ledger, SaleId sale) {
        if (begun >= batches) {
            return Future.succeededFuture();
        }
        int orders = BATCH_ORDERS.get(begun++ % BATCH_ORDERS.size());
        return ledger.handle(batch(sale, orders)).compose(decided -> decideNext(ledger, sale));
    }

    private static MessageBatch batch(SaleId sale, int orders) {
        List<OrderGranted> granted = IntStream.range(0, orders)
                .mapToObj(number -> new OrderGranted(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "warm-up-" + number,
                        1,
                        UUID.randomUUID().toString(),
                        true,
                        1L,
                        "warm-up",
                        Instant.now(),
                        null,
                        null))
                .toList();
        return new MessageBatch(Message.split(sale, granted));
    }
}
