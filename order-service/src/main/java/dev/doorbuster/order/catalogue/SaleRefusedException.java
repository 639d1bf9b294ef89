package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.message.SaleRefusal;

/** A sale cannot be created or changed as requested. */
public final class SaleRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SaleRefusal refusal;

    public SaleRefusedException(SaleRefusal refusal) {
        super(refusal.name(), null, false, false);
        this.refusal = refusal;
    }

    public SaleRefusal refusal() {
        return refusal;
    }
}
