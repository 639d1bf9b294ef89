package dev.doorbuster.counter;

import dev.doorbuster.contracts.value.SaleId;

/** The sale's counter key is missing or cannot be parsed. The stock is unknown until a recount. */
public final class MissingCounterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MissingCounterException(SaleId sale) {
        super("sale " + sale + " has no counter", null, false, false);
    }

    public static MissingCounterException of(SaleId sale) {
        return new MissingCounterException(sale);
    }
}
