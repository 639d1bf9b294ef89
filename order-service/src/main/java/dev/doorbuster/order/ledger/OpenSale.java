package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.SaleId;

/**
 * The units of a running sale, all of it read in one snapshot.
 *
 * @param sold as the sale's row has it
 * @param held in orders RESERVED
 * @param paid in orders PAID
 */
record OpenSale(SaleId id, CounterKind counter, long stock, long sold, long held, long paid) {
    /** By which the orders, or the sale's row, exceed the stock. */
    long oversold() {
        return Math.max(0, Math.max(held + paid, sold) - stock);
    }

    /** By which the sale's row differs from its orders. */
    long mismatch() {
        return Math.abs(sold - held - paid);
    }
}
