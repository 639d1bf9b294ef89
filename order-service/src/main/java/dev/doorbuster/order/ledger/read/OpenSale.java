package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;

/**
 * Units of a running sale, from its row.
 *
 * @param sold held or paid
 */
public record OpenSale(SaleId id, CounterKind counter, long stock, long sold, long paid) {
    long held() {
        return sold - paid;
    }
}
