package dev.doorbuster.contracts.value;

import java.time.Instant;

/**
 * A sale as recorded in the ledger.
 *
 * @param epoch raised by every recount; orders the counts of a sale in time
 */
public record SaleView(
        SaleId saleId,
        String title,
        long priceCents,
        String currency,
        long stock,
        long sold,
        int perBuyerLimit,
        Instant opensAt,
        Instant closesAt,
        int holdSeconds,
        CounterKind counter,
        SaleState state,
        long epoch) {
    public SaleView {
        Require.present(saleId, "saleId");
        Require.present(counter, "counter");
        Require.present(state, "state");
        Require.range(stock, 0, Limits.STOCK_MAX, "stock");
    }

    /** Units neither held nor paid for. */
    public long available() {
        return stock - sold;
    }
}
