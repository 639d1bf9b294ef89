package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.message.SaleMarker.AwaitedOrder;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.DecidedChange;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.SaleStates;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes a book's decisions in one round trip; sends nothing if there are none. */
public final class SaleBookWriter {
    private final SqlConnection connection;
    private final SaleBook book;
    private final String sale;
    private final OffsetDateTime now;
    private final List<Future<?>> writes = new ArrayList<>();

    public SaleBookWriter(SqlConnection connection, SaleBook book) {
        this.connection = connection;
        this.book = book;
        this.sale = book.before().saleId().value();
        this.now = LedgerRows.timestamp(book.now());
    }

    public Future<Void> write() {
        if (!book.inserted().isEmpty()) {
            insertOrders(book.inserted());
        }
        if (!book.changed().isEmpty()) {
            updateOrders(book.changed());
        }
        if (!book.paid().isEmpty()) {
            insertPayments(book.paid());
        }
        SaleView after = book.after();
        if (!after.equals(book.before()) || book.newlyPaid() != 0) {
            updateSale(after);
        }
        book.recounted()
                .ifPresent(cause -> add(
                        LedgerSql.INSERT_RECOUNT, Tuple.of(sale, after.epoch(), after.available(), cause.name(), now)));
        book.newChanges().forEach(this::insertChange);
        if (!book.decidedNumbers().isEmpty()) {
            addDecided(book.decidedNumbers().multiranges());
        }
        book.awaited().forEach(this::insertAwaited);
        return Future.join(writes).mapEmpty();
    }

    /** One statement for sold units and stock, because their constraint is checked after each statement. */
    private void updateSale(SaleView after) {
        add(
                LedgerSql.UPDATE_SALE,
                Tuple.of(sale, after.sold(), book.rowState().name(), after.epoch(), now, book.newlyPaid())
                        .addString(after.title())
                        .addLong(after.priceCents())
                        .addLong(after.stock())
                        .addInteger(after.perBuyerLimit())
                        .addOffsetDateTime(LedgerRows.timestamp(after.opensAt()))
                        .addOffsetDateTime(LedgerRows.timestamp(after.closesAt()))
                        .addInteger(after.holdSeconds())
                        .addBoolean(after.state() == SaleState.PAUSED));
    }

    private void insertChange(DecidedChange change) {
        SaleView left = change.sale();
        String refusal = change.refusal() == null ? null : change.refusal().name();
        add(
                LedgerSql.INSERT_SALE_CHANGE,
                Tuple.of(change.requestId(), sale, change.action().name(), refusal, now)
                        .addString(left.title())
                        .addLong(left.priceCents())
                        .addLong(left.stock())
                        .addLong(left.sold())
                        .addInteger(left.perBuyerLimit())
                        .addOffsetDateTime(LedgerRows.timestamp(left.opensAt()))
                        .addOffsetDateTime(LedgerRows.timestamp(left.closesAt()))
                        .addInteger(left.holdSeconds())
                        .addString(SaleStates.ofRow(left.state()).name())
                        .addLong(left.epoch())
                        .addBoolean(left.state() == SaleState.PAUSED));
    }

    private void addDecided(Map<Long, String> multiranges) {
        add(
                LedgerSql.ADD_DECIDED_NUMBERS,
                Tuple.of(sale)
                        .addArrayOfLong(multiranges.keySet().toArray(Long[]::new))
                        .addArrayOfString(multiranges.values().toArray(String[]::new)));
    }

    private void insertAwaited(UUID marker, List<AwaitedOrder> awaited) {
        add(
                LedgerSql.INSERT_AWAITED_ORDERS,
                Tuple.of(marker, sale)
                        .addArrayOfLong(
                                awaited.stream().map(AwaitedOrder::stream).toArray(Long[]::new))
                        .addArrayOfLong(
                                awaited.stream().map(AwaitedOrder::number).toArray(Long[]::new))
                        .addArrayOfUUID(
                                awaited.stream().map(AwaitedOrder::orderId).toArray(UUID[]::new)));
    }

    private void insertOrders(Collection<OrderRow> rows) {
        Tuple columns = Tuple.of(sale, now)
                .addArrayOfUUID(rows.stream().map(OrderRow::id).toArray(UUID[]::new))
                .addArrayOfString(rows.stream().map(row -> row.view().buyer()).toArray(String[]::new))
                .addArrayOfInteger(
                        rows.stream().map(row -> row.view().quantity()).toArray(Integer[]::new))
                .addArrayOfString(rows.stream().map(row -> row.order().key()).toArray(String[]::new))
                .addArrayOfUUID(
                        rows.stream().map(row -> row.order().requestId()).toArray(UUID[]::new))
                .addArrayOfInteger(rows.stream().map(OrderRow::perBuyerLimit).toArray(Integer[]::new))
                .addArrayOfOffsetDateTime(rows.stream()
                        .map(row -> LedgerRows.timestamp(row.view().holdExpiresAt()))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfBoolean(rows.stream().map(OrderRow::counted).toArray(Boolean[]::new))
                .addArrayOfString(rows.stream().map(SaleBookWriter::reason).toArray(String[]::new))
                .addArrayOfLong(
                        rows.stream().map(row -> row.view().totalCents()).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(rows.stream()
                        .map(row -> LedgerRows.timestamp(row.view().placedAt()))
                        .toArray(OffsetDateTime[]::new));
        add(LedgerSql.INSERT_ORDERS, columns);
    }

    private void updateOrders(Collection<OrderRow> rows) {
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(rows.stream().map(OrderRow::id).toArray(UUID[]::new))
                .addArrayOfString(
                        rows.stream().map(row -> row.view().status().name()).toArray(String[]::new))
                .addArrayOfBoolean(rows.stream().map(OrderRow::revived).toArray(Boolean[]::new))
                .addArrayOfInteger(rows.stream().map(OrderRow::perBuyerLimit).toArray(Integer[]::new))
                .addOffsetDateTime(now);
        add(LedgerSql.UPDATE_ORDERS, columns);
    }

    private void insertPayments(Collection<LedgerPayment> payments) {
        Tuple columns = Tuple.of(sale, now)
                .addArrayOfUUID(
                        payments.stream().map(paid -> paid.key().orderId()).toArray(UUID[]::new))
                .addArrayOfString(
                        payments.stream().map(paid -> paid.key().reference()).toArray(String[]::new))
                .addArrayOfUUID(payments.stream().map(LedgerPayment::requestId).toArray(UUID[]::new))
                .addArrayOfString(payments.stream().map(LedgerPayment::buyer).toArray(String[]::new))
                .addArrayOfString(
                        payments.stream().map(paid -> paid.outcome().name()).toArray(String[]::new))
                .addArrayOfOffsetDateTime(payments.stream()
                        .map(paid -> LedgerRows.timestamp(paid.receivedAt()))
                        .toArray(OffsetDateTime[]::new));
        add(LedgerSql.INSERT_PAYMENTS, columns);
    }

    private void add(String sql, Tuple parameters) {
        writes.add(connection.preparedQuery(sql).execute(parameters));
    }

    private static String reason(OrderRow row) {
        return row.view().reason() == null ? null : row.view().reason().wireName();
    }
}
