package dev.doorbuster.contracts.value;

import java.time.Instant;

/**
 * A sale as recorded in the ledger.
 *
 * @param epoch raised by every recount; orders the counts of a sale in time
 * @param waitingRoom null if the sale has none
 * @param raffle null if the sale is none; a sale has at most one of the two
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
        long epoch,
        WaitingRoomTerms waitingRoom,
        RaffleTerms raffle) {
    public SaleView {
        Require.present(saleId, "saleId");
        Require.present(counter, "counter");
        Require.present(state, "state");
        Require.range(stock, 0, Limits.STOCK_MAX, "stock");
    }

    /** A sale without a waiting room or raffle. */
    public SaleView(
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
        this(
                saleId,
                title,
                priceCents,
                currency,
                stock,
                sold,
                perBuyerLimit,
                opensAt,
                closesAt,
                holdSeconds,
                counter,
                state,
                epoch,
                null,
                null);
    }

    /** Units neither held nor paid for. */
    public long available() {
        return stock - sold;
    }
}
