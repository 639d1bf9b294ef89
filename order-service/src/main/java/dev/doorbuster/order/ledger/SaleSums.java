package dev.doorbuster.order.ledger;

/**
 * What the ledger says of one sale, all of it read in one snapshot; units, unless said otherwise.
 *
 * @param sold as the sale's row has it
 * @param held in orders RESERVED
 * @param paid in orders PAID
 * @param oversold by which the orders, or the sale's row, exceed the stock
 * @param duplicates orders beyond the first of a buyer and key
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
    /** Whether nothing that must never happen has happened. */
    public boolean safe() {
        return oversold == 0 && duplicates == 0 && overLimit == 0 && mismatch == 0;
    }
}
