package dev.doorbuster.order.ledger.jobs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds expired holds, by the database's clock, and publishes them to the ledger, which decides. It writes nothing
 * itself.
 *
 * <p>It runs on all instances, and one of them holds an advisory lock for the duration of its connection; when the
 * connection ends or is idle for too long, another instance takes over and starts from the beginning. Holds expire
 * in order, so the sweeper keeps only a position, not orders. Holds that are still there some time later are
 * published again, up to the position of that time.
 */
public final class HoldSweeper {
    private static final Logger LOG = LoggerFactory.getLogger(HoldSweeper.class);

    /** Id of an advisory lock in the service's database; any number that nothing else uses. */
    private static final long LOCK = 0x6869_6464_656eL;

    /** A hold becomes visible when its transaction commits; statement limits end transactions sooner than this. */
    private static final int SEEN_WITHIN_STATEMENTS = 12;

    /** A position in the order of expiry. */
    private record Mark(OffsetDateTime at, UUID id) {
        private static final Mark START = before(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        private static final Mark END = before(OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));

        private static Mark before(OffsetDateTime at) {
            return new Mark(at, new UUID(0, 0));
        }
    }

    private record Over(SaleId sale, OrderHoldOver hold, Mark mark) {}

    private final Vertx vertx;
    private final DatabaseConfig database;
    private final Publisher publisher;
    private final SweepConfig config;
    private final Counter said;
    private Job job;
    private PgConnection connection;
    private boolean sweeping;
    /** Everything up to here was published. */
    private Mark asked = Mark.START;
    /** Everything up to here was published when the repetition began. */
    private Mark askedBefore = Mark.START;

    private Mark lookingBackFrom = Mark.START;
    private Mark lookingBackTo = Mark.START;
    private long lookingBackSinceNanos;
    /** No hold is left before this time. */
    private Mark oldest = Mark.START;
    /** A clock that goes back leaves holds behind the positions. */
    private OffsetDateTime measuredAt = Mark.START.at();

    private volatile double oldestSeconds;

    private HoldSweeper(
            Vertx vertx, DatabaseConfig database, Publisher publisher, SweepConfig config, MeterRegistry registry) {
        this.vertx = vertx;
        this.database = database;
        this.publisher = publisher;
        this.config = config;
        this.said = Counter.builder("doorbuster.sweep.asked")
                .description("Expired holds published to the ledger, repetitions included")
                .register(registry);
        Gauge.builder("doorbuster.sweep.lag", () -> oldestSeconds)
                .description("Time since the expiry of the oldest hold that is still held, beyond the grace")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Starts on an event loop of its own. */
    public static Future<HoldSweeper> start(
            Vertx vertx, DatabaseConfig database, Publisher publisher, SweepConfig config, MeterRegistry registry) {
        var sweeper = new HoldSweeper(vertx, database, publisher, config, registry);
        return Job.start(vertx, "the hold sweeper", config.interval(), sweeper::round)
                .map(job -> {
                    sweeper.job = job;
                    return sweeper;
                });
    }

    public Future<Void> stop() {
        return job.stop().compose(stopped -> connection == null ? Future.succeededFuture() : connection.close());
    }

    private Future<Void> round() {
        return connected()
                .compose(open -> OrderDatabase.within(database, () -> measure().compose(measured -> lock())))
                .onFailure(this::reset)
                .compose(mine -> mine ? sweep() : Future.succeededFuture());
    }

    private Future<PgConnection> connected() {
        if (connection != null) {
            return Future.succeededFuture(connection);
        }
        return OrderDatabase.connect(vertx, database, "hold-sweeper").onSuccess(open -> {
            connection = open;
            open.closeHandler(closed -> forget(open));
        });
    }

    private void reset(Throwable cause) {
        if (connection != null) {
            PgConnection failed = connection;
            forget(failed);
            Future<Void> unused = failed.close();
        }
    }

    /** The lock was lost with the connection: another instance may have continued, or none. */
    private void forget(PgConnection closed) {
        if (connection == closed) {
            connection = null;
            sweeping = false;
            startOver();
        }
    }

    private void startOver() {
        asked = Mark.START;
        askedBefore = Mark.START;
        lookingBackFrom = Mark.START;
        lookingBackTo = Mark.START;
        oldest = Mark.START;
    }

    private Future<Void> measure() {
        return connection
                .preparedQuery(LedgerQueries.OLDEST_HOLD)
                .execute(Tuple.of(oldest.at()))
                .map(rows -> {
                    measured(rows.iterator().next());
                    return null;
                });
    }

    /** Holds that become visible later expire after now, or at most a transaction's duration ago. */
    private void measured(Row row) {
        OffsetDateTime now = row.getOffsetDateTime("now");
        if (now.isBefore(measuredAt)) {
            LOG.warn("the database's clock went back from {} to {}: all holds are read again", measuredAt, now);
            startOver();
        }
        measuredAt = now;
        OffsetDateTime endedAt = row.getOffsetDateTime("ended_at");
        long overMs = endedAt == null ? 0 : Duration.between(endedAt, now).toMillis();
        oldestSeconds = Math.max(0, (overMs - config.grace().toMillis()) / 1000.0);
        oldest = Mark.before(
                (endedAt == null ? now : endedAt).minus(database.statementMax().multipliedBy(SEEN_WITHIN_STATEMENTS)));
    }

    private Future<Boolean> lock() {
        if (sweeping) {
            return Future.succeededFuture(true);
        }
        return connection
                .preparedQuery(LedgerQueries.TRY_LOCK)
                .execute(Tuple.of(LOCK))
                .map(rows -> {
                    sweeping = rows.iterator().next().getBoolean("mine");
                    lookingBackSinceNanos = System.nanoTime();
                    return sweeping;
                });
    }

    private Future<Void> sweep() {
        return ask(asked, Mark.END)
                .onSuccess(reached -> asked = reached)
                .compose(reached -> ask(lookingBackFrom, lookingBackTo))
                .onSuccess(this::lookBack)
                .mapEmpty();
    }

    /** Continues the repetition or, when due, starts a new one, up to the position at which the last one began. */
    private void lookBack(Mark reached) {
        lookingBackFrom = reached;
        if (System.nanoTime() - lookingBackSinceNanos >= config.askAgain().toNanos()) {
            lookingBackSinceNanos = System.nanoTime();
            lookingBackFrom = oldest;
            lookingBackTo = askedBefore;
            askedBefore = asked;
        }
    }

    /**
     * Publishes the expired holds between two positions, up to one round's limit; completes with the last one's
     * position.
     */
    private Future<Mark> ask(Mark from, Mark to) {
        if (from.equals(to)) {
            return Future.succeededFuture(from);
        }
        Tuple parameters = Tuple.of(
                from.at(), from.id(), to.at(), to.id(), (double) config.grace().toMillis(), (long) config.holdsMax());
        return OrderDatabase.within(
                        database,
                        () -> connection.preparedQuery(LedgerQueries.HOLDS_OVER).execute(parameters))
                .onFailure(this::reset)
                .map(rows -> rows.stream().map(HoldSweeper::over).toList())
                .compose(over -> publisher.publishAll(commands(over)).map(confirmed -> {
                    said.increment(over.size());
                    return over.isEmpty() ? from : over.get(over.size() - 1).mark();
                }));
    }

    private static Over over(Row row) {
        UUID id = row.getUUID("id");
        return new Over(
                new SaleId(row.getString("sale_id")),
                new OrderHoldOver(id),
                new Mark(row.getOffsetDateTime("hold_expires_at"), id));
    }

    private static List<Addressed> commands(List<Over> over) {
        Map<SaleId, List<OrderHoldOver>> bySale =
                over.stream().collect(groupingBy(Over::sale, LinkedHashMap::new, mapping(Over::hold, toList())));
        return bySale.entrySet().stream()
                .flatMap(sale -> Message.split(sale.getKey(), sale.getValue()).stream())
                .map(message -> new Addressed(Route.command(message), message))
                .toList();
    }
}
