package dev.doorbuster.order.ledger.jobs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.ReminderDue;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.Database;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Publishes reminders that are due, by the database's clock. Each round locks some, publishes them, and commits that
 * they were published after the broker's confirm. Rounds of several instances lock different ones. A crash in between
 * publishes some again, for mails with the same Message-ID.
 */
public final class ReminderClock {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Reminders of a round. */
    private static final int ROUND_MAX = 2_000;

    private final Pool pool;
    private final DatabaseConfig database;
    private final Publisher publisher;
    private final Job job;

    private ReminderClock(Vertx vertx, Pool pool, DatabaseConfig database, Publisher publisher, Duration interval) {
        this.pool = pool;
        this.database = database;
        this.publisher = publisher;
        this.job = new Job(vertx, "the clock of reminders", interval, this::round);
    }

    /** Starts on an event loop of its own. */
    public static Future<ReminderClock> start(Vertx vertx, Pool pool, DatabaseConfig database, Publisher publisher) {
        return start(vertx, pool, database, publisher, INTERVAL);
    }

    static Future<ReminderClock> start(
            Vertx vertx, Pool pool, DatabaseConfig database, Publisher publisher, Duration interval) {
        return EventLoop.call(vertx, () -> {
            var clock = new ReminderClock(vertx, pool, database, publisher, interval);
            clock.job.start();
            return Future.succeededFuture(clock);
        });
    }

    public Future<Void> stop() {
        return job.stop();
    }

    private Future<Void> round() {
        return Database.within(
                database,
                () -> pool.withTransaction(connection -> connection
                        .preparedQuery(LedgerQueries.DUE_REMINDERS)
                        .execute(Tuple.of((double) Limits.REMINDER_BEFORE.toMillis(), (long) ROUND_MAX))
                        .compose(rows -> rows.size() == 0 ? Future.succeededFuture() : published(connection, rows))));
    }

    private Future<Void> published(SqlClient connection, RowSet<Row> rows) {
        List<Row> due = StreamSupport.stream(rows.spliterator(), false).toList();
        return publisher
                .publishAll(messages(due))
                .compose(confirmed -> connection
                        .preparedQuery(LedgerSql.REMINDERS_PUBLISHED)
                        .execute(Tuple.tuple()
                                .addArrayOfString(due.stream()
                                        .map(row -> row.getString("sale_id"))
                                        .toArray(String[]::new))
                                .addArrayOfString(due.stream()
                                        .map(row -> row.getString("buyer"))
                                        .toArray(String[]::new))))
                .mapEmpty();
    }

    private static List<Addressed> messages(List<Row> due) {
        Map<String, List<ReminderDue>> bySale = due.stream()
                .collect(groupingBy(
                        row -> row.getString("sale_id"),
                        LinkedHashMap::new,
                        mapping(
                                row -> new ReminderDue(
                                        row.getString("buyer"),
                                        row.getOffsetDateTime("opens_at").toInstant()),
                                toList())));
        return bySale.entrySet().stream()
                .flatMap(sale -> Message.split(new SaleId(sale.getKey()), sale.getValue()).stream())
                .map(message -> new Addressed(Route.reminders(), message))
                .toList();
    }
}
