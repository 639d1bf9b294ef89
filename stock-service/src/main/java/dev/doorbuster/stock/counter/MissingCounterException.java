package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.message.SaleId;

/** There is no counter, or something there is no counter. It says nothing about the stock: a recount has to. */
public final class MissingCounterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MissingCounterException(SaleId sale) {
        super("sale " + sale + " has no counter", null, false, false);
    }

    public static MissingCounterException of(SaleId sale) {
        return new MissingCounterException(sale);
    }
}
