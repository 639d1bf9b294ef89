package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.LedgerRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads raffles: their entrants, and their draw. */
public final class RaffleReader {
    private final Statements statements;

    public RaffleReader(Statements statements) {
        this.statements = statements;
    }

    /** A running raffle with units left, and whether its draw is complete. */
    public record OpenRaffle(SaleView sale, boolean drawn) {}

    /** Running raffles with units left, up to the limit. */
    public Future<List<OpenRaffle>> open(int salesMax) {
        return statements.list(
                LedgerQueries.OPEN_RAFFLES,
                row -> new OpenRaffle(LedgerRows.sale(row), !row.getBoolean("undrawn")),
                Tuple.of((long) salesMax));
    }

    /** Entrants of a raffle in the order of their pseudonyms, up to the limit; from the first with an empty text. */
    public Future<List<String>> entrants(SaleId sale, String after, int entrantsMax) {
        return statements.list(
                LedgerQueries.RAFFLE_ENTRANTS,
                row -> row.getString("entrant"),
                Tuple.of(sale.value(), after, (long) entrantsMax));
    }

    /**
     * An entrant's place in the draw of a raffle.
     *
     * @param orderId of the order that an offer becomes
     * @param decided whether the ledger has that order
     * @param won whether it was accepted; it may have ended since
     * @param available units of the sale that were left at the time of the reading
     */
    public record DrawnEntry(
            int position, String buyer, String entrant, UUID orderId, boolean decided, boolean won, long available) {
        private static DrawnEntry of(Row row) {
            return new DrawnEntry(
                    row.getInteger("position"),
                    row.getString("buyer"),
                    row.getString("entrant"),
                    row.getUUID("order_id"),
                    row.getBoolean("accepted") != null,
                    Boolean.TRUE.equals(row.getBoolean("accepted")),
                    row.getLong("available"));
        }
    }

    /** The draw from this position on, up to the limit; one snapshot. */
    public Future<List<DrawnEntry>> draw(SaleId sale, int from, int entrantsMax) {
        return statements.list(LedgerQueries.DRAW, DrawnEntry::of, Tuple.of(sale.value(), from, (long) entrantsMax));
    }

    /**
     * The draw of a raffle as a whole.
     *
     * @param entrants that have a position
     * @param complete whether no entrant is without one
     */
    public record DrawSize(long entrants, boolean complete) {}

    public Future<DrawSize> drawSize(SaleId sale) {
        return statements
                .list(
                        LedgerQueries.DRAW_SIZE,
                        row -> new DrawSize(row.getLong("entrants"), !row.getBoolean("undrawn")),
                        Tuple.of(sale.value()))
                .map(rows -> rows.get(0));
    }

    /**
     * A buyer's entry into a raffle.
     *
     * @param position in the draw, from 0 on; null before it
     * @param won whether an offer was accepted; null if there was none
     */
    public record RaffleEntry(Integer position, UUID orderId, Boolean won) {}

    /** The buyer's entry into the raffle, if there is one. */
    public Future<Optional<RaffleEntry>> entry(SaleId sale, String buyer) {
        return statements.first(
                LedgerQueries.RAFFLE_ENTRY,
                row -> new RaffleEntry(
                        row.getInteger("position"), row.getUUID("order_id"), row.getBoolean("accepted")),
                Tuple.of(sale.value(), buyer));
    }
}
