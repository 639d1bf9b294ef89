package dev.doorbuster.order.ledger.read;

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
        long epoch) {
    /** Whether no invariant is violated. */
    public boolean safe() {
        return oversold == 0 && duplicates == 0 && overLimit == 0 && mismatch == 0;
    }
}
