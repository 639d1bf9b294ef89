package dev.doorbuster.order.operator;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.order.database.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Operators' notes on sales and orders, and the timeline of an order, of which its notes are a part. */
public final class Notes {
    private static final int PAGE_MAX = 100;
    private static final long TIMELINE_MAX = 500;

    private final Statements statements;

    /**
     * An operator's note on a sale or on one of its orders.
     *
     * @param orderId null for a note on the sale
     */
    public record Note(long id, Instant at, String operator, UUID orderId, String text) {}

    /**
     * Something that is recorded about an order.
     *
     * @param what a word of the OpenAPI document, such as {@code reserved}
     * @param operator null unless an operator did it
     * @param detail reason, payment reference or note; may be null
     */
    public record TimelineEntry(String what, Instant at, String operator, String detail) {}

    public Notes(Statements statements) {
        this.statements = statements;
    }

    /** Completes with false if there is no such sale. */
    public Future<Boolean> add(SaleId sale, String operator, String text) {
        return statements.change(OperatorSql.ADD_SALE_NOTE, Tuple.of(sale.value(), operator, text));
    }

    /** Completes with false if the ledger has no such order. */
    public Future<Boolean> add(UUID order, String operator, String text) {
        return statements.change(OperatorSql.ADD_ORDER_NOTE, Tuple.of(order, operator, text));
    }

    /** A page of the notes on a sale and its orders, the latest first. */
    public Future<ListPage<Note>> page(SaleId sale, Optional<ListPosition> after) {
        Tuple parameters = Tuple.of(
                after.map(position -> Long.valueOf(position.id())).orElse(Long.MAX_VALUE), PAGE_MAX + 1L, sale.value());
        return statements
                .list(OperatorSql.NOTES_OF_SALE, Notes::note, parameters)
                .map(notes ->
                        ListPage.of(notes, PAGE_MAX, note -> new ListPosition(note.at(), Long.toString(note.id()))));
    }

    /** What is recorded about an order, the oldest first; empty if nothing is. */
    public Future<List<TimelineEntry>> timeline(UUID order) {
        return statements.list(OperatorSql.TIMELINE, Notes::entry, Tuple.of(order, TIMELINE_MAX));
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
