package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.SaleId;

/**
 * Units of a running sale, from its row.
 *
 * @param sold held or paid
 */
record OpenSale(SaleId id, CounterKind counter, long stock, long sold, long paid) {
    long held() {
        return sold - paid;
    }
}
