package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import java.util.UUID;

/** The order no longer holds units: its reservation becomes a tombstone, and its buyer may claim again. */
public record ClaimReleased(UUID orderId, String buyer, int quantity, CounterKind counter) implements Element {
    public ClaimReleased {
        Require.present(orderId, "orderId");
        Require.text(buyer, Limits.NAME_LENGTH_MAX, "buyer");
        Require.range(quantity, 1, Limits.QUANTITY_MAX, "quantity");
        Require.present(counter, "counter");
    }
}
