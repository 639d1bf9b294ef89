package dev.doorbuster.benchmarks;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes orders to the entrance, a durable quorum queue, with confirms; a consumer acknowledges them. */
final class TransportBenchmark implements Benchmark {
    private static final int CALLERS = 512;
    private static final int BATCH_MAX = 256;
    private static final long CONSUMED_MAX_MS = 10_000;
    private static final long CONSUMED_CHECK_MS = 50;

    private final Context loop;
    private final Vertx vertx;
    private final AmqpPublisher publisher;
    /** Since the sale was opened. */
    private final AtomicLong confirmed = new AtomicLong();

    private final AtomicLong consumed;

    private TransportBenchmark(Vertx vertx, AmqpPublisher publisher, AtomicLong consumed) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.publisher = publisher;
        this.consumed = consumed;
    }

    static Future<TransportBenchmark> start(Vertx vertx, Environment env) {
        BrokerConfig broker = BrokerConfig.fromEnv(env);
        Health health = Health.ofStarting();
        var registry = new SimpleMeterRegistry();
        var consumed = new AtomicLong();
        List<Subscription> partitions = DoorbusterTopology.partitions(DoorbusterTopology::orders).stream()
                .map(queue -> Subscription.to(queue, batch -> {
                    long unused = consumed.addAndGet(batch.messages().stream()
                            .mapToLong(message -> message.elements().size())
                            .sum());
                    return Future.succeededFuture();
                }))
                .toList();
        return AmqpPublisher.start(vertx, broker, "benchmarks", DoorbusterTopology.durable(), health, registry)
                .compose(publisher -> AmqpConsumer.start(
                                vertx, broker, "benchmarks", partitions, publisher, health, registry)
                        .map(consumer -> new TransportBenchmark(vertx, publisher, consumed)));
    }

    @Override
    public Future<Void> open(BenchmarkTask task) {
        confirmed.set(0);
        consumed.set(0);
        return Future.succeededFuture();
    }

    @Override
    public Future<Measured> run(BenchmarkTask task) {
        SaleId sale = task.saleId();
        RepeatingCaller alone = () ->
                publish(sale, List.of(CounterVariant.order(CounterKind.REDIS))).map(1);
        var batcher = new Batcher<OrderPlaced, Integer>(
                BATCH_MAX, CALLERS, batch -> publish(sale, batch).map(Collections.nCopies(batch.size(), 1)));
        RepeatingCaller together = () -> batcher.submit(CounterVariant.order(CounterKind.REDIS));
        RepeatingCaller caller = task.variant().equals("batch") ? together : alone;
        return new ClosedLoopRun(loop, Collections.nCopies(CALLERS, caller), task.seconds()).run();
    }

    /** Completes on the caller's event loop. */
    private Future<Void> publish(SaleId sale, List<OrderPlaced> orders) {
        return publisher
                .publish(Route.entrance(sale), Message.of(sale, orders))
                .onSuccess(done -> confirmed.addAndGet(orders.size()));
    }

    @Override
    public Future<Long> close(BenchmarkTask task) {
        return allConsumed(System.currentTimeMillis() + CONSUMED_MAX_MS).map(over -> STOCK - consumed.get());
    }

    /** Completes once every confirmed order was consumed, or after the time. */
    private Future<Void> allConsumed(long untilMs) {
        if (consumed.get() >= confirmed.get() || System.currentTimeMillis() > untilMs) {
            return Future.succeededFuture();
        }
        return vertx.timer(CONSUMED_CHECK_MS).compose(waited -> allConsumed(untilMs));
    }
}
