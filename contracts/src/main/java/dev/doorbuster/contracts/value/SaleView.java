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

    /** Units neither held nor paid for. */
    public long available() {
        return stock - sold;
    }

    /**
     * The raffle of a sale that has one.
     *
     * @param commitment SHA-256 of the seed as 64 hexadecimal digits
     * @param seed of the draw of the entrants' order; null until the sale has opened
     */
    public record RaffleTerms(String commitment, String seed) {
        public RaffleTerms {
            Require.present(commitment, "commitment");
        }
    }

    /**
     * The waiting room of a sale that has one.
     *
     * @param admitPerSecond buyers admitted per second
     * @param workBits leading zero bits of the proof of work that a place costs; 0 for none
     * @param commitment SHA-256 of the seed as 64 hexadecimal digits
     * @param seed of the draw of the lobby's order; null until the sale has opened
     */
    public record WaitingRoomTerms(int admitPerSecond, int workBits, String commitment, String seed) {
        public WaitingRoomTerms {
            Require.range(admitPerSecond, 1, Limits.ADMIT_PER_SECOND_MAX, "admitPerSecond");
            Require.range(workBits, 0, Limits.WORK_BITS_MAX, "workBits");
            Require.present(commitment, "commitment");
        }
    }
}
