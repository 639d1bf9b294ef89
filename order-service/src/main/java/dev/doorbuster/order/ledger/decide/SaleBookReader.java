package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ledger.DecidedChange;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.PaymentKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads a sale's book under the lock of its row, in one round trip: the statements are pipelined, and each sees
 * everything committed before the lock was acquired.
 */
public final class SaleBookReader {
    private final SqlConnection connection;
    private final SaleId sale;
    private final boolean byKey;

    /**
     * Creates a reader.
     *
     * @param byKey whether to look granted orders up by their buyer's key as well as by id; needed only if a row has
     *     the key under another id, which an insert without this look-up detects by {@link
     *     LedgerSql#ONE_ORDER_PER_KEY}
     */
    public SaleBookReader(SqlConnection connection, SaleId sale, boolean byKey) {
        this.connection = connection;
        this.sale = sale;
        this.byKey = byKey;
    }

    /** Locks the sale and reads what the messages need; empty if there is no such sale. */
    public Future<Optional<SaleBook>> read(List<Message> messages) {
        Future<RowSet<Row>> locked = query(LedgerSql.LOCK_SALE, Tuple.of(sale.value()));
        Future<RowSet<Row>> clock = query(LedgerSql.CLOCK_AND_RECOUNT, Tuple.of(sale.value()));
        Future<Map<UUID, OrderRow>> orders = orders(messages);
        UUID[] paidFor = elements(messages, OrderPayment.class)
                .map(OrderPayment::orderId)
                .distinct()
                .toArray(UUID[]::new);
        Future<Map<String, Integer>> units = units(messages, paidFor);
        Future<Map<PaymentKey, LedgerPayment>> payments = payments(paidFor);
        Future<Map<UUID, DecidedChange>> changes = changes(messages);
        return Future.join(locked, clock, orders, units, payments, changes)
                .map(read -> first(locked.result()).map(row -> {
                    Row now = first(clock.result()).orElseThrow();
                    return new SaleBook(new SaleBook.Read(
                            LedgerRows.sale(row),
                            LedgerRows.instant(now, "now"),
                            recount(now),
                            LedgerRows.instant(now, "at"),
                            orders.result(),
                            units.result(),
                            payments.result(),
                            changes.result()));
                }));
    }

    private static Stream<UUID> orderIds(Message message) {
        return switch (message.type()) {
            case ORDER_GRANTED -> message.elements(OrderGranted.class).stream().map(OrderGranted::orderId);
            case ORDER_PAYMENT -> message.elements(OrderPayment.class).stream().map(OrderPayment::orderId);
            case ORDER_CANCEL -> message.elements(OrderCancel.class).stream().map(OrderCancel::orderId);
            case ORDER_HOLD_OVER ->
                message.elements(OrderHoldOver.class).stream().map(OrderHoldOver::orderId);
            default -> Stream.empty();
        };
    }

    private Future<Map<UUID, OrderRow>> orders(List<Message> messages) {
        UUID[] ids =
                messages.stream().flatMap(SaleBookReader::orderIds).distinct().toArray(UUID[]::new);
        if (ids.length == 0) {
            return Future.succeededFuture(Map.of());
        }
        Future<Map<UUID, OrderRow>> byId =
                orders(LedgerSql.ORDERS, Tuple.tuple().addArrayOfUUID(ids));
        if (!byKey) {
            return byId;
        }
        List<OrderGranted> granted = elements(messages, OrderGranted.class).toList();
        Tuple keys = Tuple.of(sale.value())
                .addArrayOfString(granted.stream().map(OrderGranted::buyer).toArray(String[]::new))
                .addArrayOfString(granted.stream().map(OrderGranted::key).toArray(String[]::new));
        Future<Map<UUID, OrderRow>> ofKeys = orders(LedgerSql.ORDERS_BY_KEY, keys);
        return Future.join(byId, ofKeys).map(read -> {
            var all = new HashMap<>(byId.result());
            all.putAll(ofKeys.result());
            return all;
        });
    }

    private Future<Map<UUID, OrderRow>> orders(String sql, Tuple parameters) {
        return query(sql, parameters).map(rows -> index(rows, LedgerRows::orderRow, OrderRow::id));
    }

    private Future<Map<String, Integer>> units(List<Message> messages, UUID[] paidFor) {
        String[] buyers = elements(messages, OrderGranted.class)
                .map(OrderGranted::buyer)
                .distinct()
                .toArray(String[]::new);
        if (buyers.length == 0 && paidFor.length == 0) {
            return Future.succeededFuture(Map.of());
        }
        Tuple parameters = Tuple.of(sale.value()).addArrayOfString(buyers).addArrayOfUUID(paidFor);
        return query(LedgerSql.UNITS_OF_BUYERS, parameters).map(rows -> {
            var units = new HashMap<String, Integer>();
            rows.forEach(row -> units.put(row.getString("buyer"), row.getInteger("units")));
            return units;
        });
    }

    private Future<Map<PaymentKey, LedgerPayment>> payments(UUID[] paidFor) {
        return paidFor.length == 0
                ? Future.succeededFuture(Map.of())
                : query(LedgerSql.PAYMENTS, Tuple.tuple().addArrayOfUUID(paidFor))
                        .map(rows -> index(rows, LedgerRows::payment, LedgerPayment::key));
    }

    private Future<Map<UUID, DecidedChange>> changes(List<Message> messages) {
        UUID[] ids =
                elements(messages, SaleChange.class).map(SaleChange::requestId).toArray(UUID[]::new);
        return ids.length == 0
                ? Future.succeededFuture(Map.of())
                : query(LedgerSql.SALE_CHANGES, Tuple.tuple().addArrayOfUUID(ids))
                        .map(rows -> index(rows, LedgerRows::change, DecidedChange::requestId));
    }

    private Future<RowSet<Row>> query(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    private static Recount recount(Row row) {
        Long available = row.getLong("available");
        return available == null ? null : new Recount(row.getLong("epoch"), available);
    }

    private static <K, V> Map<K, V> index(RowSet<Row> rows, Function<Row, V> value, Function<V, K> key) {
        var index = new HashMap<K, V>();
        for (Row row : rows) {
            V found = value.apply(row);
            index.put(key.apply(found), found);
        }
        return index;
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private static <E> Stream<E> elements(List<Message> messages, Class<E> type) {
        return messages.stream()
                .flatMap(message -> message.elements().stream())
                .filter(type::isInstance)
                .map(type::cast);
    }
}
