package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.jobs.HoldSweeper;
import dev.doorbuster.order.ledger.jobs.Job;
import dev.doorbuster.order.ledger.jobs.JobsConfig;
import dev.doorbuster.order.ledger.jobs.MailClock;
import dev.doorbuster.order.ledger.jobs.RaffleDrawer;
import dev.doorbuster.order.ledger.jobs.Reconciler;
import dev.doorbuster.order.ledger.jobs.SaleClock;
import dev.doorbuster.order.ledger.jobs.SweepConfig;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.SaleMetrics;
import dev.doorbuster.order.ledger.read.WholeSaleReader;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.deadletter.DeadLetterRetry;
import dev.doorbuster.runtime.amqp.deadletter.DeadLetterRetry.DeadLetterRetryConfig;
import dev.doorbuster.runtime.platform.Platform;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;

/** The ledger role of an instance: the consumers of all partitions, and the jobs. */
public final class LedgerRole {
    private final Platform platform;
    private final Settings settings;
    private final Pool pool;
    private final WholeSaleReader wholeSales;
    private final CounterReader counters;
    private final Vertx vertx;

    private LedgerRole(
            Platform platform, Settings settings, Pool pool, WholeSaleReader wholeSales, CounterReader counters) {
        this.platform = platform;
        this.settings = settings;
        this.pool = pool;
        this.wholeSales = wholeSales;
        this.counters = counters;
        this.vertx = platform.vertx();
    }

    public record Settings(
            BrokerConfig broker,
            DatabaseConfig database,
            JobsConfig jobs,
            SweepConfig sweep,
            DeadLetterRetryConfig deadLetterRetry) {}

    /** Adds its steps to the service's start. */
    public static Future<Void> start(
            Platform platform, Settings settings, Pool pool, WholeSaleReader wholeSales, CounterReader counters) {
        return new LedgerRole(platform, settings, pool, wholeSales, counters).start();
    }

    private Future<Void> start() {
        return platform.step("ledger", this::startConsumer, AmqpConsumer::stop)
                .compose(v -> platform.step("mail records", this::startMailRecords, AmqpConsumer::stop))
                .compose(v -> platform.step("reconciler", this::startReconciler, Job::stop))
                .compose(v -> platform.step("sale clock", this::startClock, Job::stop))
                .compose(v -> platform.step("raffle drawer", this::startDrawer, Job::stop))
                .compose(v -> platform.step("sale metrics", this::startMetrics, Job::stop))
                .compose(v -> platform.step("hold sweeper", this::startSweeper, HoldSweeper::stop))
                .compose(v -> platform.step("mail clock", this::startMails, Job::stop))
                .compose(v -> platform.step("dead-letter retry", this::startDeadLetterRetry, Job::stop))
                .mapEmpty();
    }

    private Future<AmqpConsumer> startConsumer() {
        var ledger = new Ledger(
                pool,
                settings.database(),
                platform.publisher().traced(platform.tracing()),
                platform.metrics(),
                platform.tracing());
        List<Subscription> partitions = DoorbusterTopology.partitions(DoorbusterTopology::ledger).stream()
                .map(queue -> Subscription.to(queue, ledger).traced(platform.tracing()))
                .toList();
        return EventLoop.call(vertx, () -> platform.consume("ledger", settings.broker(), partitions));
    }

    /** On a connection of its own, so that it does not delay the ledger. */
    private Future<AmqpConsumer> startMailRecords() {
        var mails = Subscription.to(DoorbusterTopology.MAILED_QUEUE, new MailRecords(pool, settings.database()));
        return EventLoop.call(vertx, () -> platform.consume("mail records", settings.broker(), List.of(mails)));
    }

    private LedgerReader reader() {
        return new LedgerReader(new Statements(pool, settings.database()));
    }

    private Future<Job> startReconciler() {
        return Reconciler.start(vertx, reader(), counters, platform.publisher(), settings.jobs(), platform.metrics());
    }

    private Future<Job> startClock() {
        return SaleClock.start(vertx, reader(), platform.publisher(), settings.jobs())
                .onSuccess(clock -> platform.health().register("sale clock", clock::problem));
    }

    private Future<Job> startDrawer() {
        return RaffleDrawer.start(
                        vertx,
                        reader(),
                        new RaffleEntries(pool, settings.database()),
                        platform.publisher(),
                        settings.jobs())
                .onSuccess(drawer -> platform.health().register("raffle drawer", drawer::problem));
    }

    private Future<Job> startMetrics() {
        return SaleMetrics.start(vertx, reader(), wholeSales, counters, settings.jobs(), platform.metrics());
    }

    private Future<HoldSweeper> startSweeper() {
        return HoldSweeper.start(
                vertx, settings.database(), platform.publisher(), settings.sweep(), platform.metrics());
    }

    private Future<Job> startMails() {
        return MailClock.start(vertx, pool, settings.database(), platform.publisher());
    }

    private Future<Job> startDeadLetterRetry() {
        var retry = new DeadLetterRetry(
                vertx, settings.broker(), settings.deadLetterRetry(), platform.publisher(), platform.metrics());
        return Job.start(vertx, "dead-letter retry", settings.deadLetterRetry().interval(), retry::round);
    }
}
