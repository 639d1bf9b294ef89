package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.message.SaleRecount;

/** The reason for a recount. */
public enum RecountCause {
    OPENED,
    CLOSED,
    STOCK_EDITED,
    /** The ledger reserved nothing for a counted order: it rejected the order, or had already decided it. */
    COUNTED_REFUSED,
    /** The ledger reserved units for an uncounted order. */
    UNCOUNTED_RESERVED,
    CANCELLED,
    EXPIRED,
    /** A late payment took units again. */
    LATE_PAYMENT,
    COUNTER_MISSING,
    RECONCILER_MISSING,
    RECONCILER_GAP,
    VERIFICATION;

    public static RecountCause of(SaleRecount.Cause asked) {
        return switch (asked) {
            case MISSING -> COUNTER_MISSING;
            case RECONCILER_MISSING -> RECONCILER_MISSING;
            case RECONCILER_GAP -> RECONCILER_GAP;
            case VERIFICATION -> VERIFICATION;
        };
    }
}
