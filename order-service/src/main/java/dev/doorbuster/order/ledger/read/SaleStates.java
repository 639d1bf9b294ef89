package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.SaleState;

/** Maps a sale's row to its state. */
public final class SaleStates {
    private SaleStates() {}

    /** The public state: an open sale without units left is sold out; the row itself never says so. */
    public static SaleState shown(SaleState state, long stock, long sold) {
        return state == SaleState.OPEN && sold >= stock ? SaleState.SOLD_OUT : state;
    }

    /** The row's state for a public state. */
    public static SaleState ofRow(SaleState shown) {
        return shown == SaleState.SOLD_OUT ? SaleState.OPEN : shown;
    }
}
