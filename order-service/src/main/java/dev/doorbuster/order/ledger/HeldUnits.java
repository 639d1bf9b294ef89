package dev.doorbuster.order.ledger;

import java.time.Instant;

/**
 * Units of a sale that are held and not paid for: they may come back.
 *
 * @param nextEndsAt when the next of those holds ends, or null where none is still to end
 */
public record HeldUnits(long held, Instant nextEndsAt) {}
