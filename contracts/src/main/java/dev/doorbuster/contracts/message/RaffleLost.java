package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;

/** The sale, a raffle, has ended without a unit for a buyer who entered. It may be sent again. */
public record RaffleLost(String buyer) implements Element {
    public RaffleLost {
        Require.text(buyer, Limits.NAME_LENGTH_MAX, "buyer");
    }
}
