package dev.doorbuster.order.ledger.read;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.database.Database;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.ledger.decide.LedgerRows;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.decide.Payment;
import dev.doorbuster.order.ledger.jobs.Reconciler.CountedSale;
import dev.doorbuster.order.ledger.jobs.SaleClock.DueSale;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the ledger; each query is one statement, hence one snapshot, with a time limit. */
public final class LedgerReader {
    private final Pool pool;
    private final DatabaseConfig config;

    public LedgerReader(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** The given orders that the ledger has. */
    public Future<Map<UUID, LedgerOrder>> orders(Collection<UUID> ids) {
        var parameters = Tuple.of(ids.toArray(UUID[]::new));
        return Database.within(
                config,
                () -> pool.preparedQuery(LedgerSql.ORDERS)
                        .mapping(LedgerRows::order)
                        .execute(parameters)
                        .map(rows ->
                                stream(rows).collect(toMap(order -> order.view().id(), order -> order))));
    }

    /** The payment, if the ledger has it. */
    public Future<Optional<Payment>> payment(Payment.Key key) {
        return Database.within(
                config,
                () -> pool.preparedQuery(LedgerQueries.PAYMENT)
                        .mapping(LedgerRows::payment)
                        .execute(Tuple.of(key.orderId(), key.reference()))
                        .map(rows -> stream(rows).findFirst()));
    }

    /** Payments to give back, the oldest first, up to the limit. */
    public Future<List<DueRefund>> dueRefunds(int paymentsMax) {
        return list(
                LedgerQueries.REFUNDS_DUE,
                row -> new DueRefund(
                        new Payment.Key(row.getUUID("order_id"), row.getString("reference")),
                        row.getString("sale_id"),
                        row.getString("title"),
                        row.getString("currency"),
                        row.getString("buyer"),
                        row.getLong("total_cents"),
                        LedgerRows.instant(row, "received_at")),
                Tuple.of((long) paymentsMax));
    }

    /** The answer to a change of a sale, if the ledger has decided it. */
    public Future<Optional<SaleAnswered>> saleChange(UUID requestId) {
        return list(LedgerSql.SALE_CHANGES, LedgerRows::change, Tuple.of(new UUID[] {requestId}))
                .map(changes -> changes.stream().findFirst().map(change -> change.answer(null)));
    }

    /** Sales OPEN or SOLD_OUT, latest first, at most {@link DatabaseConfig#salesMax()}. */
    public Future<List<SaleView>> openSales() {
        return list(LedgerQueries.OPEN_SALES, LedgerRows::sale, Tuple.of((long) config.salesMax()));
    }

    /**
     * A page of the sales whose counters are reconciled: running, or closed within that time.
     *
     * @param after the previous page's last sale; empty for the first page
     */
    public Future<List<CountedSale>> countedSales(Optional<CountedSale> after, Duration closedMax, int salesMax) {
        Tuple parameters = Tuple.of(
                after.map(CountedSale::runningAfter).orElse(""),
                LedgerRows.timestamp(after.map(CountedSale::closedAt).orElse(Instant.EPOCH)),
                after.map(CountedSale::closedAfter).orElse(""),
                (double) closedMax.toMillis(),
                (long) salesMax);
        return list(LedgerQueries.COUNTED_SALES, CountedSale::of, parameters);
    }

    public Future<Optional<SaleView>> sale(SaleId id) {
        return list(LedgerQueries.SALE, LedgerRows::sale, Tuple.of(id.value()))
                .map(sales -> sales.stream().findFirst());
    }

    /** Sales that have not opened, those that open first, up to the limit. */
    public Future<List<SaleView>> scheduledSales(int salesMax) {
        return list(LedgerQueries.SCHEDULED_SALES, LedgerRows::sale, Tuple.of((long) salesMax));
    }

    /** Sales to open or to close, up to the limit. */
    public Future<List<DueSale>> dueSales(int salesMax) {
        return list(
                LedgerQueries.DUE_SALES,
                row -> new DueSale(new SaleId(row.getString("id")), row.getBoolean("over")),
                Tuple.of((long) salesMax));
    }

    /** Running raffles with units left, up to the limit. */
    public Future<List<OpenRaffle>> openRaffles(int salesMax) {
        return list(
                LedgerQueries.OPEN_RAFFLES,
                row -> new OpenRaffle(LedgerRows.sale(row), !row.getBoolean("undrawn")),
                Tuple.of((long) salesMax));
    }

    /** Entrants of a raffle in the order of their pseudonyms, up to the limit; from the first with an empty text. */
    public Future<List<String>> raffleEntrants(SaleId sale, String after, int entrantsMax) {
        return list(LedgerQueries.RAFFLE_ENTRANTS, row -> row.getString("entrant"), Tuple.of(sale.value(), after, (long)
                entrantsMax));
    }

    /** The draw from this position on, up to the limit; one snapshot. */
    public Future<List<DrawnEntry>> draw(SaleId sale, int from, int entrantsMax) {
        return list(
                LedgerQueries.DRAW,
                row -> new DrawnEntry(
                        row.getInteger("position"),
                        row.getString("buyer"),
                        row.getString("entrant"),
                        row.getUUID("order_id"),
                        row.getBoolean("accepted") != null,
                        Boolean.TRUE.equals(row.getBoolean("accepted")),
                        row.getLong("available")),
                Tuple.of(sale.value(), from, (long) entrantsMax));
    }

    public Future<DrawSize> drawSize(SaleId sale) {
        return list(
                        LedgerQueries.DRAW_SIZE,
                        row -> new DrawSize(row.getLong("entrants"), !row.getBoolean("undrawn")),
                        Tuple.of(sale.value()))
                .map(rows -> rows.get(0));
    }

    /** The buyer's entry into the raffle, if there is one. */
    public Future<Optional<RaffleEntry>> raffleEntry(SaleId sale, String buyer) {
        return list(
                        LedgerQueries.RAFFLE_ENTRY,
                        row -> new RaffleEntry(
                                row.getInteger("position"), row.getUUID("order_id"), row.getBoolean("accepted")),
                        Tuple.of(sale.value(), buyer))
                .map(rows -> rows.stream().findFirst());
    }

    /** The sums for a verification; fails with {@link NoSuchSaleException}. */
    public Future<SaleSums> sums(SaleId id) {
        return list(LedgerQueries.SUMS, LedgerReader::sums, Tuple.of(id.value()))
                .map(rows -> rows.stream().findFirst().orElseThrow(() -> new NoSuchSaleException(id)));
    }

    /**
     * Different sales, those that open last first; fails with {@link NoSuchSaleException}.
     *
     * @param settledAfter a sale that has been closed for that time counts as settled
     */
    public Future<List<ReportedSale>> reportedSales(List<SaleId> ids, Duration settledAfter) {
        Tuple parameters = Tuple.of(ids(ids), (double) settledAfter.toMillis());
        return list(
                        LedgerQueries.REPORTED_SALES,
                        row -> new ReportedSale(LedgerRows.sale(row), row.getBoolean("settled")),
                        parameters)
                .map(sales -> {
                    Set<SaleId> found =
                            sales.stream().map(each -> each.sale().saleId()).collect(toSet());
                    ids.stream().filter(id -> !found.contains(id)).findFirst().ifPresent(id -> {
                        throw new NoSuchSaleException(id);
                    });
                    return sales;
                });
    }

    /** Totals of different sales, in any order; those that do not exist are missing. */
    public Future<Map<SaleId, SaleTotals>> totals(List<SaleId> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(Map.of())
                : list(LedgerQueries.REPORT, LedgerReader::totals, Tuple.of(ids(ids)))
                        .map(totals -> totals.stream().collect(toMap(SaleTotals::id, each -> each)));
    }

    private static String[] ids(List<SaleId> ids) {
        return ids.stream().map(SaleId::value).toArray(String[]::new);
    }

    /** The course of a sale in that many intervals at most, those without an event left out; empty without orders. */
    public Future<List<CoursePoint>> course(SaleId id, int intervals) {
        return list(LedgerQueries.COURSE, row -> coursePoint(row, intervals), Tuple.of(id.value(), intervals));
    }

    private static CoursePoint coursePoint(Row row, int intervals) {
        double begins = row.getDouble("begins");
        double end = begins + (row.getDouble("ends") - begins) * row.getInteger("bucket") / intervals;
        return new CoursePoint(
                Instant.ofEpochMilli(Math.round(end * 1000)),
                row.getLong("reserved"),
                row.getLong("refused"),
                row.getLong("paid"),
                row.getLong("returned"));
    }

    /** Those of the sale's requests that are not decided. */
    public Future<List<OrderNumber>> undecided(SaleId sale, Collection<OrderNumber> numbers) {
        Tuple parameters = Tuple.of(sale.value())
                .addArrayOfLong(numbers.stream().map(OrderNumber::stream).toArray(Long[]::new))
                .addArrayOfLong(numbers.stream().map(OrderNumber::number).toArray(Long[]::new));
        return list(
                LedgerQueries.UNDECIDED,
                row -> new OrderNumber(row.getLong("stream"), row.getLong("number")),
                parameters);
    }

    /** Held and unpaid units; empty if there is no such sale. */
    public Future<HeldUnits> held(SaleId id) {
        return list(LedgerQueries.HELD, LedgerReader::held, Tuple.of(id.value()))
                .map(rows -> rows.stream().findFirst().orElse(new HeldUnits(0, null)));
    }

    /** Units of sales OPEN or SOLD_OUT, latest first, up to the limit. */
    public Future<List<OpenSale>> openUnits(int salesMax) {
        return list(LedgerQueries.OPEN_UNITS, LedgerReader::openSale, Tuple.of((long) salesMax));
    }

    private <T> Future<List<T>> list(String sql, Function<Row, T> value, Tuple parameters) {
        return Database.within(
                config,
                () -> pool.preparedQuery(sql)
                        .mapping(value)
                        .execute(parameters)
                        .map(rows -> stream(rows).toList()));
    }

    private static HeldUnits held(Row row) {
        return new HeldUnits(row.getLong("held"), LedgerRows.instant(row, "next_ends_at"));
    }

    private static OpenSale openSale(Row row) {
        return new OpenSale(
                new SaleId(row.getString("id")),
                CounterKind.of(row.getString("counter")),
                row.getLong("stock"),
                row.getLong("sold"),
                row.getLong("paid"));
    }

    private static SaleTotals totals(Row row) {
        long stock = row.getLong("stock");
        return new SaleTotals(
                new SaleId(row.getString("id")),
                row.getString("title"),
                SaleStates.shown(
                        SaleState.valueOf(row.getString("state")),
                        row.getBoolean("paused"),
                        stock,
                        row.getLong("sold")),
                row.getString("currency"),
                stock,
                row.getLong("orders"),
                row.getLong("held"),
                row.getLong("paid"),
                row.getLong("returned"),
                row.getLong("revenue_cents"),
                row.getLong("buyers"));
    }

    private static <T> Stream<T> stream(RowSet<T> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static SaleSums sums(Row row) {
        return new SaleSums(
                row.getLong("stock"),
                row.getLong("sold"),
                row.getLong("held"),
                row.getLong("paid"),
                row.getLong("oversold"),
                row.getLong("duplicates"),
                row.getLong("over_limit"),
                row.getLong("mismatch"),
                row.getLong("epoch"),
                row.getLong("missing"),
                List.of(row.getArrayOfUUIDs("missing_orders")));
    }
}
