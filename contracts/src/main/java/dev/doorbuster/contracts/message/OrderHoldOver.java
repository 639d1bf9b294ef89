package dev.doorbuster.contracts.message;

import java.util.UUID;

/** A sweeper found a hold that has ended; the ledger decides by its own clock and table. */
public record OrderHoldOver(UUID orderId) implements Element {
    public OrderHoldOver {
        Require.present(orderId, "orderId");
    }
}
