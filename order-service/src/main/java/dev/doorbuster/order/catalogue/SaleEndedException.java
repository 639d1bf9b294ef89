package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.message.SaleId;

/** A sale that is closed cannot be edited any more. */
public final class SaleEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SaleEndedException(SaleId sale) {
        super("sale " + sale + " has ended", null, false, false);
    }
}
