package dev.doorbuster.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.StockCounter.MissingCounterException;

/** The ledger has recounted and has no such sale. */
public final class UnknownSaleException extends RuntimeException {
    /** The ledger's answer to a recount of an unknown sale; the first epoch of a known one is 1. */
    private static final CounterValue UNKNOWN = new CounterValue(0, 0);

    private UnknownSaleException(SaleId sale) {
        super("the ledger has no sale " + sale, null, false, false);
    }

    /** Parses the counter's value. Fails if it is missing, or if the sale is unknown. */
    public static CounterValue require(SaleId sale, String stored) {
        CounterValue value = CounterValue.parse(stored).orElseThrow(() -> new MissingCounterException(sale));
        if (value.equals(UNKNOWN)) {
            throw new UnknownSaleException(sale);
        }
        return value;
    }
}
