package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.SaleId;

/** The ledger counted, and knows no such sale. */
public final class UnknownSaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the ledger answers to a recount of a sale it does not have; a sale it has begins with epoch 1. */
    private static final CounterValue UNKNOWN = new CounterValue(0, 0);

    private UnknownSaleException(SaleId sale) {
        super("the ledger does not know sale " + sale, null, false, false);
    }

    /** The counter's value, if it is one to decide by. */
    static CounterValue require(SaleId sale, String stored) {
        CounterValue value = CounterValue.parse(stored).orElseThrow(() -> MissingCounterException.of(sale));
        if (value.equals(UNKNOWN)) {
            throw new UnknownSaleException(sale);
        }
        return value;
    }
}
