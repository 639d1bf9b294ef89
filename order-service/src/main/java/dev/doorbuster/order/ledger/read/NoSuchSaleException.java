package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.SaleId;

/** The ledger has no sale of this id. */
public final class NoSuchSaleException extends RuntimeException {
    public NoSuchSaleException(SaleId sale) {
        super("no sale " + sale, null, false, false);
    }
}
