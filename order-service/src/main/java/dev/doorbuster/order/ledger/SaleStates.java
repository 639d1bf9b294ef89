package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleState;

/** What a sale's row means. */
public final class SaleStates {
    private SaleStates() {}

    /** The state as everybody is shown it: an open sale without a unit left is sold out; the row itself never says so. */
    public static SaleState shown(SaleState state, long stock, long sold) {
        return state == SaleState.OPEN && sold >= stock ? SaleState.SOLD_OUT : state;
    }
}
