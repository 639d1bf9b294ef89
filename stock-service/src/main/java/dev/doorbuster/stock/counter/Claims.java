package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.message.OrderPlaced;

/** What a counter remembers of the orders it has counted, as it was when it was read and with what is taken since. */
interface Claims {
    /** Whether this order was counted before, released since or not. */
    boolean knows(OrderPlaced placed);

    /** Whether its buyer would have more than the sale's limit with it. */
    boolean limitReached(OrderPlaced placed);

    /** It is counted now. */
    void take(OrderPlaced placed);
}
