package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import java.time.Instant;

/** A buyer asked to be reminded of the sale, which opens soon. It may be sent again for the same opening. */
public record ReminderDue(String buyer, Instant opensAt) implements Element {
    public ReminderDue {
        Require.text(buyer, Limits.NAME_LENGTH_MAX, "buyer");
        Require.present(opensAt, "opensAt");
    }
}
