package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Require;
import java.util.UUID;

/** The sweeper found an expired hold; the ledger decides by its own clock and state. */
public record OrderHoldOver(UUID orderId) implements Element {
    public OrderHoldOver {
        Require.present(orderId, "orderId");
    }
}
