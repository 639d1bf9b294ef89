package dev.doorbuster.order.operator;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.order.database.Database;
import dev.doorbuster.order.database.DatabaseConfig;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Operators' notes on sales and orders, and the timeline of an order, of which its notes are a part. */
public final class Notes {
    private static final int PAGE_MAX = 100;
    private static final long TIMELINE_MAX = 500;

    private final Pool pool;
    private final DatabaseConfig config;

    public Notes(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Completes with false if there is no such sale. */
    public Future<Boolean> add(SaleId sale, String operator, String text) {
        return add(OperatorSql.ADD_SALE_NOTE, Tuple.of(sale.value(), operator, text));
    }

    /** Completes with false if the ledger has no such order. */
    public Future<Boolean> add(UUID order, String operator, String text) {
        return add(OperatorSql.ADD_ORDER_NOTE, Tuple.of(order, operator, text));
    }

    private Future<Boolean> add(String sql, Tuple note) {
        return Database.within(
                config, () -> pool.preparedQuery(sql).execute(note).map(rows -> rows.rowCount() > 0));
    }

    /** A page of the notes on a sale and its orders, the latest first. */
    public Future<ListPage<Note>> page(SaleId sale, Optional<ListPosition> after) {
        Tuple parameters = Tuple.of(
                after.map(position -> Long.valueOf(position.id())).orElse(Long.MAX_VALUE), PAGE_MAX + 1L, sale.value());
        return Database.within(
                config,
                () -> pool.preparedQuery(OperatorSql.NOTES_OF_SALE)
                        .mapping(Notes::note)
                        .execute(parameters)
                        .map(rows -> ListPage.of(
                                StreamSupport.stream(rows.spliterator(), false).toList(),
                                PAGE_MAX,
                                note -> new ListPosition(note.at(), Long.toString(note.id())))));
    }

    /** What is recorded about an order, the oldest first; empty if nothing is. */
    public Future<List<TimelineEntry>> timeline(UUID order) {
        return Database.within(
                config,
                () -> pool.preparedQuery(OperatorSql.TIMELINE)
                        .mapping(Notes::entry)
                        .execute(Tuple.of(order, TIMELINE_MAX))
                        .map(rows ->
                                StreamSupport.stream(rows.spliterator(), false).toList()));
    }

    private static Note note(Row row) {
        return new Note(
                row.getLong("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("operator"),
                row.getUUID("order_id"),
                row.getString("note"));
    }

    private static TimelineEntry entry(Row row) {
        return new TimelineEntry(
                row.getString("what"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("operator"),
                row.getString("detail"));
    }
}
