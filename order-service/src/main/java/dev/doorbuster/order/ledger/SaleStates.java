package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleState;

/** What a sale's row means. */
public final class SaleStates {
    private SaleStates() {}

    /** The state as everybody is shown it: an open sale without a unit left is sold out; the row itself never says so. */
    public static SaleState shown(SaleState state, long stock, long sold) {
        return state == SaleState.OPEN && sold >= stock ? SaleState.SOLD_OUT : state;
    }

    /** The state in the row of a sale that is shown in this state. */
    static SaleState ofRow(SaleState shown) {
        return shown == SaleState.SOLD_OUT ? SaleState.OPEN : shown;
    }
}
