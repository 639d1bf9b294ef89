package dev.doorbuster.counter;

import dev.doorbuster.contracts.message.OrderPlaced;

/** The orders that a counter has counted: as read, plus those taken since. */
public interface Claims {
    /** Whether this order was counted before, released or not. */
    boolean knows(OrderPlaced placed);

    /** Whether the order would exceed its buyer's limit. */
    boolean limitReached(OrderPlaced placed);

    /** Adds a counted order. */
    void take(OrderPlaced placed);
}
