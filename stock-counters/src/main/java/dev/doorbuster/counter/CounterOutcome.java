package dev.doorbuster.counter;

import dev.doorbuster.contracts.value.RefusalReason;
import java.util.Optional;

/** The outcome of one request at the counter. */
public enum CounterOutcome {
    /** Published to the ledger; the counter was lowered. */
    GRANTED_COUNTED,
    /** Published to the ledger, not counted: the ledger already has the order, or must decide about the limit. */
    GRANTED_UNCOUNTED,
    REFUSED_SOLD_OUT,
    REFUSED_NOT_ENOUGH_LEFT;

    private static final String GRANTED = "granted";

    public boolean granted() {
        return this == GRANTED_COUNTED || this == GRANTED_UNCOUNTED;
    }

    /** The reason of a refusal; empty if granted. */
    public Optional<RefusalReason> refusal() {
        return switch (this) {
            case GRANTED_COUNTED, GRANTED_UNCOUNTED -> Optional.empty();
            case REFUSED_SOLD_OUT -> Optional.of(RefusalReason.SOLD_OUT);
            case REFUSED_NOT_ENOUGH_LEFT -> Optional.of(RefusalReason.NOT_ENOUGH_LEFT);
        };
    }

    /** The stored form, read again if the request is redelivered. */
    public String recorded() {
        return refusal().map(RefusalReason::wireName).orElse(GRANTED);
    }

    /**
     * The outcome of a request whose outcome is recorded: a grant was counted before and is not counted again. Empty for null
     * and unknown texts.
     */
    public static Optional<CounterOutcome> ofRecorded(String text) {
        if (GRANTED.equals(text)) {
            return Optional.of(GRANTED_UNCOUNTED);
        }
        if (RefusalReason.SOLD_OUT.wireName().equals(text)) {
            return Optional.of(REFUSED_SOLD_OUT);
        }
        if (RefusalReason.NOT_ENOUGH_LEFT.wireName().equals(text)) {
            return Optional.of(REFUSED_NOT_ENOUGH_LEFT);
        }
        return Optional.empty();
    }
}
