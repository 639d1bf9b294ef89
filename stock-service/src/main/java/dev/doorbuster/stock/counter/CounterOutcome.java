package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.message.RefusalReason;
import java.util.Optional;

/** What becomes of one request at the counter. */
public enum CounterOutcome {
    /** Passed on to the ledger; the counter was lowered for it. */
    GRANTED_COUNTED,
    /** Passed on to the ledger as it is: the ledger knows the order already, or has to say that the limit is reached. */
    GRANTED_UNCOUNTED,
    REFUSED_SOLD_OUT,
    REFUSED_NOT_ENOUGH_LEFT;

    private static final String GRANTED = "granted";

    public boolean granted() {
        return this == GRANTED_COUNTED || this == GRANTED_UNCOUNTED;
    }

    /** Why it was refused; empty where it was not. */
    public Optional<RefusalReason> refusal() {
        return switch (this) {
            case GRANTED_COUNTED, GRANTED_UNCOUNTED -> Optional.empty();
            case REFUSED_SOLD_OUT -> Optional.of(RefusalReason.SOLD_OUT);
            case REFUSED_NOT_ENOUGH_LEFT -> Optional.of(RefusalReason.NOT_ENOUGH_LEFT);
        };
    }

    /** How it is kept for the case that the same request comes again. */
    String recorded() {
        return refusal().map(RefusalReason::wireName).orElse(GRANTED);
    }

    /**
     * What a request comes to whose outcome has been recorded: a grant was counted then and is not counted again. Empty for
     * null and for what nobody wrote.
     */
    static Optional<CounterOutcome> ofRecorded(String text) {
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
