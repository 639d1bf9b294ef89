package dev.doorbuster.order.ledger.read;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.LedgerRows;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.jobs.Reconciler.CountedSale;
import dev.doorbuster.order.ledger.jobs.SaleClock.DueSale;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads the ledger; each query is one statement, hence one snapshot, with a time limit. */
public final class LedgerReader {
    private static final long OPEN_SALES_MAX = 10_000;

    private final Statements statements;

    public LedgerReader(Statements statements) {
        this.statements = statements;
    }

    /** The given orders that the ledger has. */
    public Future<Map<UUID, LedgerOrder>> orders(Collection<UUID> ids) {
        return statements
                .list(LedgerSql.ORDERS, LedgerRows::order, Tuple.of(ids.toArray(UUID[]::new)))
                .map(orders ->
                        orders.stream().collect(toMap(order -> order.view().id(), order -> order)));
    }

    /** The payment, if the ledger has it. */
    public Future<Optional<LedgerPayment>> payment(PaymentKey key) {
        return statements.first(LedgerQueries.PAYMENT, LedgerRows::payment, Tuple.of(key.orderId(), key.reference()));
    }

    /** Payments to give back, the oldest first, up to the limit. */
    public Future<List<DueRefund>> dueRefunds(int paymentsMax) {
        return statements.list(LedgerQueries.REFUNDS_DUE, DueRefund::of, Tuple.of((long) paymentsMax));
    }

    /** The answer to a change of a sale, if the ledger has decided it. */
    public Future<Optional<SaleAnswered>> saleChange(UUID requestId) {
        return statements
                .first(LedgerSql.SALE_CHANGES, LedgerRows::change, Tuple.of(new UUID[] {requestId}))
                .map(decided -> decided.map(change -> change.answer(null)));
    }

    /** Sales OPEN or SOLD_OUT, latest first, up to a limit. */
    public Future<List<SaleView>> openSales() {
        return statements.list(LedgerQueries.OPEN_SALES, LedgerRows::sale, Tuple.of(OPEN_SALES_MAX));
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
        return statements.list(LedgerQueries.COUNTED_SALES, CountedSale::of, parameters);
    }

    public Future<Optional<SaleView>> sale(SaleId id) {
        return statements.first(LedgerQueries.SALE, LedgerRows::sale, Tuple.of(id.value()));
    }

    /** Sales that have not opened, those that open first, up to the limit. */
    public Future<List<SaleView>> scheduledSales(int salesMax) {
        return statements.list(LedgerQueries.SCHEDULED_SALES, LedgerRows::sale, Tuple.of((long) salesMax));
    }

    /** Sales to open or to close, up to the limit. */
    public Future<List<DueSale>> dueSales(int salesMax) {
        return statements.list(
                LedgerQueries.DUE_SALES,
                row -> new DueSale(new SaleId(row.getString("id")), row.getBoolean("over")),
                Tuple.of((long) salesMax));
    }

    /** Running raffles with units left, up to the limit. */
    public Future<List<OpenRaffle>> openRaffles(int salesMax) {
        return statements.list(
                LedgerQueries.OPEN_RAFFLES,
                row -> new OpenRaffle(LedgerRows.sale(row), !row.getBoolean("undrawn")),
                Tuple.of((long) salesMax));
    }

    /** Entrants of a raffle in the order of their pseudonyms, up to the limit; from the first with an empty text. */
    public Future<List<RaffleEntrant>> raffleEntrants(SaleId sale, String after, int entrantsMax) {
        return statements.list(
                LedgerQueries.RAFFLE_ENTRANTS,
                row -> new RaffleEntrant(row.getString("entrant"), row.getBoolean("withdrawn")),
                Tuple.of(sale.value(), after, (long) entrantsMax));
    }

    /** The draw from this position on, up to the limit; one snapshot. */
    public Future<List<DrawnEntry>> draw(SaleId sale, int from, int entrantsMax) {
        return statements.list(
                LedgerQueries.DRAW,
                row -> new DrawnEntry(
                        row.getInteger("position"),
                        row.getString("buyer"),
                        row.getString("entrant"),
                        row.getUUID("order_id"),
                        row.getBoolean("withdrawn"),
                        row.getBoolean("withdrawn") || row.getBoolean("accepted") != null,
                        Boolean.TRUE.equals(row.getBoolean("accepted")),
                        row.getLong("available")),
                Tuple.of(sale.value(), from, (long) entrantsMax));
    }

    public Future<DrawSize> drawSize(SaleId sale) {
        return statements
                .list(LedgerQueries.DRAW_SIZE, LedgerReader::drawSize, Tuple.of(sale.value()))
                .map(rows -> rows.get(0));
    }

    private static DrawSize drawSize(Row row) {
        long entries = row.getLong("entries");
        Long firstWithdrawn = row.getLong("first_withdrawn");
        long entrants = firstWithdrawn == null ? entries : firstWithdrawn;
        return new DrawSize(entrants, entries - entrants, !row.getBoolean("undrawn"));
    }

    /** The buyer's entry into the raffle, if there is one. */
    public Future<Optional<RaffleEntry>> raffleEntry(SaleId sale, String buyer) {
        return statements
                .list(
                        LedgerQueries.RAFFLE_ENTRY,
                        row -> new RaffleEntry(
                                row.getInteger("position"),
                                row.getUUID("order_id"),
                                row.getBoolean("withdrawn"),
                                row.getBoolean("accepted"),
                                row.getBoolean("settled")),
                        Tuple.of(sale.value(), buyer))
                .map(rows -> rows.stream().findFirst());
    }

    /**
     * Different sales, those that open last first; fails with {@link NoSuchSaleException}.
     *
     * @param settledAfter a sale that has been closed for that time counts as settled
     */
    public Future<List<ReportedSale>> reportedSales(List<SaleId> ids, Duration settledAfter) {
        Tuple parameters =
                Tuple.of(ids.stream().map(SaleId::value).toArray(String[]::new), (double) settledAfter.toMillis());
        return statements
                .list(
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

    /** Those of the sale's requests that are not decided. */
    public Future<List<OrderNumber>> undecided(SaleId sale, Collection<OrderNumber> numbers) {
        Tuple parameters = Tuple.of(sale.value())
                .addArrayOfLong(numbers.stream().map(OrderNumber::stream).toArray(Long[]::new))
                .addArrayOfLong(numbers.stream().map(OrderNumber::number).toArray(Long[]::new));
        return statements.list(
                LedgerQueries.UNDECIDED,
                row -> new OrderNumber(row.getLong("stream"), row.getLong("number")),
                parameters);
    }

    /** Held and unpaid units; empty if there is no such sale. */
    public Future<HeldUnits> held(SaleId id) {
        return statements
                .first(LedgerQueries.HELD, HeldUnits::of, Tuple.of(id.value()))
                .map(held -> held.orElse(new HeldUnits(0, null)));
    }

    /** Units of sales OPEN or SOLD_OUT, latest first, up to the limit. */
    public Future<List<OpenSale>> openUnits(int salesMax) {
        return statements.list(LedgerQueries.OPEN_UNITS, OpenSale::of, Tuple.of((long) salesMax));
    }

    /** A running raffle with units left, and whether its draw is complete. */
    public record OpenRaffle(SaleView sale, boolean drawn) {}

    /**
     * An entry in the list of a raffle.
     *
     * @param entrant the pseudonym
     * @param withdrawn before the draw, which is of the others
     */
    public record RaffleEntrant(String entrant, boolean withdrawn) {}

    /**
     * The draw of a raffle as a whole.
     *
     * @param entrants that were drawn
     * @param withdrawn entries, with positions behind those
     * @param complete whether no entry is without a position
     */
    public record DrawSize(long entrants, long withdrawn, boolean complete) {}

    /**
     * An entrant's place in the draw of a raffle.
     *
     * @param orderId of the order that an offer becomes
     * @param withdrawn behind all that were drawn, and offered nothing
     * @param decided whether nothing is to be offered any more: the ledger has that order, or the entry was withdrawn
     * @param won whether it was accepted; it may have ended since
     * @param available units of the sale that were left at the time of the reading
     */
    public record DrawnEntry(
            int position,
            String buyer,
            String entrant,
            UUID orderId,
            boolean withdrawn,
            boolean decided,
            boolean won,
            long available) {}

    /**
     * A buyer's entry into a raffle.
     *
     * @param position in the draw, from 0 on; null before it
     * @param withdrawn before the draw
     * @param won whether an offer was accepted; null if there was none
     * @param settled whether the raffle is over for the buyer: no offer is undecided, or it ended long ago
     */
    public record RaffleEntry(Integer position, UUID orderId, boolean withdrawn, Boolean won, boolean settled) {}

    /**
     * A payment that is to be given back.
     *
     * @param saleId null, with title and currency, for a payment of no sale
     * @param totalCents null for a payment of an order that the ledger does not have
     */
    public record DueRefund(
            PaymentKey payment,
            String saleId,
            String title,
            String currency,
            String buyer,
            Long totalCents,
            Instant receivedAt) {
        private static DueRefund of(Row row) {
            return new DueRefund(
                    new PaymentKey(row.getUUID("order_id"), row.getString("reference")),
                    row.getString("sale_id"),
                    row.getString("title"),
                    row.getString("currency"),
                    row.getString("buyer"),
                    row.getLong("total_cents"),
                    LedgerRows.instant(row, "received_at"));
        }
    }

    /**
     * Units of a sale that are held and unpaid: they may be returned.
     *
     * @param nextEndsAt end of the next of those holds, or null if none is going to end
     */
    public record HeldUnits(long held, Instant nextEndsAt) {
        private static HeldUnits of(Row row) {
            return new HeldUnits(row.getLong("held"), LedgerRows.instant(row, "next_ends_at"));
        }
    }

    /**
     * Units of a running sale, from its row.
     *
     * @param sold held or paid
     */
    public record OpenSale(SaleId id, CounterKind counter, long stock, long sold, long paid) {
        long held() {
            return sold - paid;
        }

        private static OpenSale of(Row row) {
            return new OpenSale(
                    new SaleId(row.getString("id")),
                    CounterKind.of(row.getString("counter")),
                    row.getLong("stock"),
                    row.getLong("sold"),
                    row.getLong("paid"));
        }
    }

    /**
     * A sale of a report.
     *
     * @param settled closed for so long that accepted orders of it are decided
     */
    public record ReportedSale(SaleView sale, boolean settled) {}

    /** The ledger has no sale of this id. */
    public static final class NoSuchSaleException extends RuntimeException {
        public NoSuchSaleException(SaleId sale) {
            super("no sale " + sale, null, false, false);
        }
    }
}
