package dev.doorbuster.order.ledger;

import static java.util.stream.Collectors.toMap;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleView;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.templates.SqlTemplate;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the ledger; each question is one statement, hence one snapshot, and has a limit in time. */
public final class LedgerReader {
    private static final String ORDERS = "SELECT " + LedgerRows.ORDER_COLUMNS + " FROM orders WHERE id = ANY($1)";
    private static final String PAYMENT =
            "SELECT " + LedgerRows.PAYMENT_COLUMNS + " FROM payments WHERE order_id = $1 AND reference = $2";
    private static final String OPEN_SALES = "SELECT " + LedgerRows.SALE_COLUMNS
            + " FROM sales WHERE state = 'OPEN' ORDER BY opens_at DESC LIMIT #{max}";
    private static final String SALE = "SELECT " + LedgerRows.SALE_COLUMNS + " FROM sales WHERE id = #{sale}";
    private static final String COUNTED_SALES = "SELECT " + LedgerRows.SALE_COLUMNS
            + " FROM sales WHERE id > #{after} AND (state = 'OPEN'"
            + " OR (state = 'CLOSED' AND closed_at > now() - #{closed_ms} * interval '1 millisecond'))"
            + " ORDER BY id LIMIT #{max}";
    private static final String FIGURES = """
            WITH holders AS (
                SELECT sum(quantity) AS units, max(per_buyer_limit) AS allowed
                FROM orders WHERE sale_id = #{sale} AND status IN ('RESERVED', 'PAID') GROUP BY buyer
            ), held AS (
                SELECT coalesce(sum(quantity) FILTER (WHERE status = 'RESERVED'), 0)::bigint AS held,
                       coalesce(sum(quantity) FILTER (WHERE status = 'PAID'), 0)::bigint AS paid,
                       count(*) - count(DISTINCT (buyer, idempotency_key)) AS duplicates
                FROM orders WHERE sale_id = #{sale}
            )
            SELECT s.stock, s.sold, s.epoch, h.held, h.paid, h.duplicates,
                   greatest(h.held + h.paid - s.stock, s.sold - s.stock, 0) AS oversold,
                   abs(s.sold - h.held - h.paid) AS mismatch,
                   (SELECT coalesce(sum(greatest(units - allowed, 0)), 0)::bigint FROM holders) AS over_limit
            FROM sales s, held h WHERE s.id = #{sale}""";

    private static final String HELD = """
            SELECT coalesce(sum(quantity), 0)::bigint AS held, min(hold_expires_at) AS next_ends_at
            FROM orders WHERE sale_id = $1 AND status = 'RESERVED'""";

    private static final String OPEN_FIGURES = """
            SELECT s.id, s.counter, s.stock, s.sold, h.held, h.paid
            FROM (SELECT id, counter, stock, sold FROM sales WHERE state = 'OPEN' ORDER BY opens_at DESC LIMIT #{max}) s,
                 LATERAL (SELECT coalesce(sum(quantity) FILTER (WHERE status = 'RESERVED'), 0)::bigint AS held,
                                 coalesce(sum(quantity) FILTER (WHERE status = 'PAID'), 0)::bigint AS paid
                          FROM orders WHERE sale_id = s.id AND status IN ('RESERVED', 'PAID')) h""";

    private final Pool pool;
    private final DatabaseConfig config;
    private final SqlTemplate<Map<String, Object>, RowSet<SaleView>> openSales;
    private final SqlTemplate<Map<String, Object>, RowSet<SaleView>> countedSales;
    private final SqlTemplate<Map<String, Object>, RowSet<SaleView>> sale;
    private final SqlTemplate<Map<String, Object>, RowSet<LedgerFigures>> figures;
    private final SqlTemplate<Map<String, Object>, RowSet<OpenSale>> openFigures;

    public LedgerReader(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
        this.openSales = SqlTemplate.forQuery(pool, OPEN_SALES).mapTo(LedgerRows::sale);
        this.countedSales = SqlTemplate.forQuery(pool, COUNTED_SALES).mapTo(LedgerRows::sale);
        this.sale = SqlTemplate.forQuery(pool, SALE).mapTo(LedgerRows::sale);
        this.figures = SqlTemplate.forQuery(pool, FIGURES).mapTo(LedgerReader::figures);
        this.openFigures = SqlTemplate.forQuery(pool, OPEN_FIGURES).mapTo(LedgerReader::openSale);
    }

    /** Those of the orders that the ledger has. */
    public Future<Map<UUID, LedgerOrder>> orders(Collection<UUID> ids) {
        var parameters = Tuple.of(ids.toArray(UUID[]::new));
        return Database.within(
                config,
                () -> pool.preparedQuery(ORDERS)
                        .mapping(LedgerRows::order)
                        .execute(parameters)
                        .map(rows ->
                                stream(rows).collect(toMap(order -> order.view().id(), order -> order))));
    }

    /** The payment, if the ledger has taken it. */
    public Future<Optional<Payment>> payment(Payment.Key key) {
        return Database.within(
                config,
                () -> pool.preparedQuery(PAYMENT)
                        .mapping(LedgerRows::payment)
                        .execute(Tuple.of(key.orderId(), key.reference()))
                        .map(rows -> stream(rows).findFirst()));
    }

    /** Sales OPEN or SOLD_OUT, the latest first, at most {@link DatabaseConfig#salesMax()}. */
    public Future<List<SaleView>> openSales() {
        return Database.within(
                config,
                () -> openSales
                        .execute(Map.of("max", (long) config.salesMax()))
                        .map(rows -> stream(rows).toList()));
    }

    /**
     * A page of the sales whose counter matters: running, or closed not longer ago than that.
     *
     * @param after the id of the last sale of the page before, or ""
     */
    Future<List<SaleView>> countedSales(String after, Duration closedMax, int salesMax) {
        Map<String, Object> parameters =
                Map.of("after", after, "closed_ms", (double) closedMax.toMillis(), "max", (long) salesMax);
        return Database.within(
                config,
                () -> countedSales.execute(parameters).map(rows -> stream(rows).toList()));
    }

    public Future<Optional<SaleView>> sale(SaleId id) {
        return Database.within(
                config,
                () -> sale.execute(Map.of("sale", id.value()))
                        .map(rows -> stream(rows).findFirst()));
    }

    /** The figures of a verification; fails with {@link NoSuchSaleException}. */
    public Future<LedgerFigures> figures(SaleId id) {
        return Database.within(
                config,
                () -> figures.execute(Map.of("sale", id.value()))
                        .map(rows -> stream(rows).findFirst().orElseThrow(() -> new NoSuchSaleException(id))));
    }

    /** What is held and not paid for. */
    public Future<HeldUnits> held(SaleId id) {
        return Database.within(
                config,
                () -> pool.preparedQuery(HELD)
                        .mapping(LedgerReader::held)
                        .execute(Tuple.of(id.value()))
                        .map(rows -> rows.iterator().next()));
    }

    private static HeldUnits held(Row row) {
        OffsetDateTime nextEndsAt = row.getOffsetDateTime("next_ends_at");
        return new HeldUnits(row.getLong("held"), nextEndsAt == null ? null : nextEndsAt.toInstant());
    }

    /** The units of sales OPEN or SOLD_OUT, the latest first. */
    Future<List<OpenSale>> openFigures(int salesMax) {
        return Database.within(
                config,
                () -> openFigures
                        .execute(Map.of("max", (long) salesMax))
                        .map(rows -> stream(rows).toList()));
    }

    private static OpenSale openSale(Row row) {
        return new OpenSale(
                new SaleId(row.getString("id")),
                CounterKind.of(row.getString("counter")),
                row.getLong("stock"),
                row.getLong("sold"),
                row.getLong("held"),
                row.getLong("paid"));
    }

    private static <T> Stream<T> stream(RowSet<T> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static LedgerFigures figures(Row row) {
        return new LedgerFigures(
                row.getLong("stock"),
                row.getLong("sold"),
                row.getLong("held"),
                row.getLong("paid"),
                row.getLong("oversold"),
                row.getLong("duplicates"),
                row.getLong("over_limit"),
                row.getLong("mismatch"),
                row.getLong("epoch"));
    }
}
