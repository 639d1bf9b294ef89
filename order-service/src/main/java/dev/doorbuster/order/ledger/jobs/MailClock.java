package dev.doorbuster.order.ledger.jobs;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.RaffleLost;
import dev.doorbuster.contracts.message.ReminderDue;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
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
import java.util.Optional;
import java.util.function.Function;

/**
 * Publishes what buyers are to be told by mail alone, by the database's clock: reminders, and that a raffle is over without a unit
 * for them. Each round locks some rows, publishes them, and commits that they were published after the broker's confirm.
 * Rounds of several instances lock different ones. A crash in between publishes some again, for mails with the same Message-ID.
 */
public final class MailClock {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Rows of each kind in a round. */
    private static final long ROUND_MAX = 2_000;

    /** A raffle that ended longer ago, while no instance ran, is not told any more. */
    private static final Duration SETTLED_WITHIN = Duration.ofDays(7);

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    LedgerQueries.DUE_REMINDERS,
                    Limits.REMINDER_BEFORE,
                    row -> Optional.of(new ReminderDue(
                            row.getString("buyer"),
                            row.getOffsetDateTime("opens_at").toInstant())),
                    LedgerSql.REMINDERS_PUBLISHED),
            new Kind(
                    LedgerQueries.UNSETTLED_RAFFLE_ENTRIES,
                    SETTLED_WITHIN,
                    row -> row.getBoolean("lost")
                            ? Optional.of(new RaffleLost(row.getString("buyer")))
                            : Optional.empty(),
                    LedgerSql.RAFFLE_ENTRIES_SETTLED));

    /**
     * Rows of one kind.
     *
     * @param due query of rows with {@code sale_id} and {@code buyer}, by a time and a limit
     * @param mail what the buyer is to be told, if anything
     * @param published statement by sales and buyers
     */
    private record Kind(String due, Duration within, Function<Row, Optional<Element>> mail, String published) {}

    private final Pool pool;
    private final DatabaseConfig database;
    private final Publisher publisher;
    private final RaffleMarkers raffleMarkers;

    private MailClock(Pool pool, DatabaseConfig database, Publisher publisher) {
        this.pool = pool;
        this.database = database;
        this.publisher = publisher;
        this.raffleMarkers = new RaffleMarkers(new Statements(pool, database), publisher);
    }

    /** Starts on an event loop of its own. */
    public static Future<Job> start(Vertx vertx, Pool pool, DatabaseConfig database, Publisher publisher) {
        return start(vertx, pool, database, publisher, INTERVAL);
    }

    static Future<Job> start(Vertx vertx, Pool pool, DatabaseConfig database, Publisher publisher, Duration interval) {
        var clock = new MailClock(pool, database, publisher);
        return Job.start(vertx, "the clock of mails", interval, clock::round);
    }

    private Future<Void> round() {
        Future<Void> sent = raffleMarkers.send(SETTLED_WITHIN);
        return Job.each(KINDS, this::round)
                .transform(ended -> ended.failed() ? Future.failedFuture(ended.cause()) : sent);
    }

    private Future<Void> round(Kind kind) {
        return OrderDatabase.within(
                database,
                () -> pool.withTransaction(connection -> connection
                        .preparedQuery(kind.due())
                        .execute(Tuple.of((double) kind.within().toMillis(), ROUND_MAX))
                        .compose(rows ->
                                rows.size() == 0 ? Future.succeededFuture() : published(connection, kind, rows))));
    }

    private Future<Void> published(SqlClient connection, Kind kind, RowSet<Row> rows) {
        List<Row> due = rows.stream().toList();
        return publisher
                .publishAll(messages(kind, due))
                .compose(confirmed -> connection
                        .preparedQuery(kind.published())
                        .execute(Tuple.tuple()
                                .addArrayOfString(due.stream()
                                        .map(row -> row.getString("sale_id"))
                                        .toArray(String[]::new))
                                .addArrayOfString(due.stream()
                                        .map(row -> row.getString("buyer"))
                                        .toArray(String[]::new))))
                .mapEmpty();
    }

    private static List<Addressed> messages(Kind kind, List<Row> due) {
        Map<String, List<Element>> bySale = due.stream()
                .collect(groupingBy(
                        row -> row.getString("sale_id"),
                        LinkedHashMap::new,
                        flatMapping(row -> kind.mail().apply(row).stream(), toList())));
        return bySale.entrySet().stream()
                .flatMap(sale -> Message.split(new SaleId(sale.getKey()), sale.getValue()).stream())
                .map(message -> new Addressed(Route.mails(), message))
                .toList();
    }
}
