package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The reads and writes of one sale's transaction; each group of statements is one round trip. */
final class LedgerTransaction {
    private final SqlConnection connection;
    private final SaleId sale;

    LedgerTransaction(SqlConnection connection, SaleId sale) {
        this.connection = connection;
        this.sale = sale;
    }

    /** Locks the sale's row and reads what the messages need; empty where there is no such sale. */
    Future<Optional<SaleBook>> read(List<Message> messages) {
        List<OrderGranted> granted = elements(messages, OrderGranted.class).toList();
        Future<RowSet<Row>> locked = query(LedgerSql.LOCK_SALE, Tuple.of(sale.value()));
        Future<RowSet<Row>> clock = query(LedgerSql.CLOCK_AND_RECOUNT, Tuple.of(sale.value()));
        Future<Map<UUID, OrderRow>> orders = orders(granted);
        Future<Map<String, Integer>> units = units(granted);
        return Future.join(locked, clock, orders, units).map(read -> {
            Optional<Row> row = first(locked.result());
            return row.map(found -> book(LedgerRows.sale(found), clock.result(), orders.result(), units.result()));
        });
    }

    private static SaleBook book(
            SaleView sale, RowSet<Row> clock, Map<UUID, OrderRow> orders, Map<String, Integer> units) {
        Row row = first(clock).orElseThrow();
        Long available = row.getLong("available");
        Recount latest = available == null ? null : new Recount(row.getLong("epoch"), available);
        return new SaleBook(sale, LedgerRows.instant(row, "now"), latest, orders, units);
    }

    private Future<Map<UUID, OrderRow>> orders(List<OrderGranted> granted) {
        if (granted.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        UUID[] ids = granted.stream().map(OrderGranted::orderId).distinct().toArray(UUID[]::new);
        return query(LedgerSql.ORDERS, Tuple.tuple().addArrayOfUUID(ids)).map(rows -> {
            var found = new HashMap<UUID, OrderRow>();
            rows.forEach(row -> found.put(row.getUUID("id"), LedgerRows.orderRow(row)));
            return found;
        });
    }

    private Future<Map<String, Integer>> units(List<OrderGranted> granted) {
        if (granted.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        String[] buyers = granted.stream().map(OrderGranted::buyer).distinct().toArray(String[]::new);
        Tuple parameters = Tuple.of(sale.value()).addArrayOfString(buyers);
        return query(LedgerSql.UNITS_OF_BUYERS, parameters).map(rows -> {
            var units = new HashMap<String, Integer>();
            rows.forEach(row -> units.put(row.getString("buyer"), row.getInteger("units")));
            return units;
        });
    }

    /** Writes what the book decided; nothing where it decided nothing. */
    Future<Void> write(SaleBook book) {
        var writes = new ArrayList<Future<?>>();
        if (!book.inserted().isEmpty()) {
            writes.add(query(LedgerSql.INSERT_ORDERS, orderColumns(book)));
        }
        SaleView after = book.after();
        if (!after.equals(book.before())) {
            SaleState state = book.rowState();
            writes.add(query(
                    LedgerSql.UPDATE_SALE,
                    Tuple.of(
                            sale.value(),
                            after.sold(),
                            state.name(),
                            after.epoch(),
                            LedgerRows.timestamp(book.now()))));
        }
        book.recounted()
                .ifPresent(cause -> writes.add(query(
                        LedgerSql.INSERT_RECOUNT,
                        Tuple.of(
                                sale.value(),
                                after.epoch(),
                                after.available(),
                                cause.name(),
                                LedgerRows.timestamp(book.now())))));
        return Future.join(writes).mapEmpty();
    }

    private Tuple orderColumns(SaleBook book) {
        Collection<OrderRow> rows = book.inserted();
        int limit = book.before().perBuyerLimit();
        var now = LedgerRows.timestamp(book.now());
        return Tuple.of(sale.value(), limit, now, now.plusSeconds(book.before().holdSeconds()))
                .addArrayOfUUID(rows.stream().map(OrderRow::id).toArray(UUID[]::new))
                .addArrayOfString(rows.stream().map(row -> row.view().buyer()).toArray(String[]::new))
                .addArrayOfInteger(
                        rows.stream().map(row -> row.view().quantity()).toArray(Integer[]::new))
                .addArrayOfString(rows.stream().map(row -> row.order().key()).toArray(String[]::new))
                .addArrayOfUUID(
                        rows.stream().map(row -> row.order().requestId()).toArray(UUID[]::new))
                .addArrayOfBoolean(rows.stream().map(OrderRow::counted).toArray(Boolean[]::new))
                .addArrayOfString(rows.stream().map(LedgerTransaction::reason).toArray(String[]::new))
                .addArrayOfLong(
                        rows.stream().map(row -> row.view().totalCents()).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(rows.stream()
                        .map(row -> LedgerRows.timestamp(row.view().placedAt()))
                        .toArray(OffsetDateTime[]::new));
    }

    private static String reason(OrderRow row) {
        return row.view().reason() == null ? null : row.view().reason().wireName();
    }

    private Future<RowSet<Row>> query(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private static <E extends Element> Stream<E> elements(List<Message> messages, Class<E> type) {
        return messages.stream()
                .flatMap(message -> message.elements().stream())
                .filter(type::isInstance)
                .map(type::cast);
    }
}
