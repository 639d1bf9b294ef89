package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.SaleId;

/**
 * The units of a running sale as its row has them.
 *
 * @param sold held or paid for
 */
record OpenSale(SaleId id, CounterKind counter, long stock, long sold, long paid) {
    long held() {
        return sold - paid;
    }
}
