package dev.doorbuster.order.ledger.read;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * The ledger's sums for one sale, read in one snapshot; in units unless noted.
 *
 * @param sold from the sale's row
 * @param held in RESERVED orders
 * @param paid in PAID orders
 * @param oversold by which the orders, or the sale's row, exceed the stock
 * @param duplicates number of orders beyond the first of a buyer and key
 * @param overLimit by which buyers exceed the limit in force when they last took units
 * @param mismatch by which the sale's row differs from its orders
 * @param epoch of the latest recount
 * @param missing number of orders that an edge awaits and that are not decided
 * @param missingOrders the first 100 of these orders
 */
public record SaleSums(
        long stock,
        long sold,
        long held,
        long paid,
        long oversold,
        long duplicates,
        long overLimit,
        long mismatch,
        long epoch,
        long missing,
        List<UUID> missingOrders) {
    /** Whether no invariant is violated. */
    public boolean safe() {
        return oversold == 0 && duplicates == 0 && overLimit == 0 && mismatch == 0;
    }

    static SaleSums of(Row row) {
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
