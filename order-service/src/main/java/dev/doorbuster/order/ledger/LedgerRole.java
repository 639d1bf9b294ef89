package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.runtime.amqp.AmqpConsumer;
import dev.doorbuster.runtime.amqp.AmqpPublisher;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.DeadLetterRetry;
import dev.doorbuster.runtime.amqp.DeadLetterRetryConfig;
import dev.doorbuster.runtime.amqp.Subscription;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;

/** Everything of an instance that is a ledger: the consumer of every partition, and its jobs. */
public final class LedgerRole {
    private LedgerRole() {}

    /** What the role works with; all of it outlives the role. */
    public record Behind(
            Vertx vertx,
            Pool pool,
            DatabaseConfig database,
            JobsConfig jobs,
            SweepConfig sweep,
            DeadLetterRetryConfig secondChance,
            CounterReader counters,
            AmqpPublisher publisher,
            BrokerConfig broker,
            Health health,
            MeterRegistry metrics,
            Tracing tracing) {}

    /** Adds its steps to the service's own. */
    public static Future<Void> start(Lifecycle lifecycle, Behind behind) {
        return lifecycle
                .step("the ledger", () -> consume(behind), AmqpConsumer::stop)
                .compose(v -> lifecycle.step("the reconciler", () -> reconciler(behind), Reconciler::stop))
                .compose(v -> lifecycle.step("the sale clock", () -> clock(behind), SaleClock::stop))
                .compose(v -> lifecycle.step("the sales' figures", () -> figures(behind), SaleMetrics::stop))
                .compose(v -> lifecycle.step("the hold sweeper", () -> sweeper(behind), HoldSweeper::stop))
                .compose(v -> lifecycle.step("the second chance", () -> secondChance(behind), Job::stop))
                .mapEmpty();
    }

    private static Future<AmqpConsumer> consume(Behind behind) {
        var ledger = new Ledger(
                behind.pool(),
                behind.database(),
                behind.publisher().traced(behind.tracing()),
                behind.metrics(),
                behind.tracing());
        List<Subscription> partitions = DoorbusterTopology.partitions(DoorbusterTopology::ledger).stream()
                .map(queue -> Subscription.to(queue, ledger).traced(behind.tracing()))
                .toList();
        return EventLoop.call(
                behind.vertx(),
                () -> AmqpConsumer.start(
                        behind.vertx(),
                        behind.broker(),
                        "ledger",
                        partitions,
                        behind.publisher(),
                        behind.health(),
                        behind.metrics()));
    }

    private static Future<Reconciler> reconciler(Behind behind) {
        return Reconciler.start(
                behind.vertx(),
                new LedgerReader(behind.pool(), behind.database()),
                behind.counters(),
                behind.publisher(),
                behind.jobs(),
                behind.metrics());
    }

    private static Future<SaleClock> clock(Behind behind) {
        return SaleClock.start(
                        behind.vertx(),
                        new LedgerReader(behind.pool(), behind.database()),
                        behind.publisher(),
                        behind.jobs())
                .onSuccess(clock -> behind.health().register("sale clock", clock::problem));
    }

    private static Future<SaleMetrics> figures(Behind behind) {
        return SaleMetrics.start(
                behind.vertx(),
                new LedgerReader(behind.pool(), behind.database()),
                behind.counters(),
                behind.jobs(),
                behind.metrics());
    }

    private static Future<HoldSweeper> sweeper(Behind behind) {
        return HoldSweeper.start(
                behind.vertx(), behind.database(), behind.publisher(), behind.sweep(), behind.metrics());
    }

    private static Future<Job> secondChance(Behind behind) {
        return EventLoop.call(behind.vertx(), () -> {
            var chance = new DeadLetterRetry(
                    behind.vertx(), behind.broker(), behind.secondChance(), behind.publisher(), behind.metrics());
            var job = new Job(
                    behind.vertx(), "the second chance", behind.secondChance().interval(), chance::round);
            job.start();
            return Future.succeededFuture(job);
        });
    }
}
