package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.SaleState;

/** Maps a sale's row to its state. */
public final class SaleStates {
    private SaleStates() {}

    /** The public state: an open sale may be paused, or without units left; the row's state never says so. */
    public static SaleState shown(SaleState state, boolean paused, long stock, long sold) {
        if (state != SaleState.OPEN) {
            return state;
        }
        return paused ? SaleState.PAUSED : sold >= stock ? SaleState.SOLD_OUT : state;
    }

    /** The row's state for a public state. */
    public static SaleState ofRow(SaleState shown) {
        return shown == SaleState.SOLD_OUT || shown == SaleState.PAUSED ? SaleState.OPEN : shown;
    }
}
