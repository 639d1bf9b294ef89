package dev.doorbuster.order.ledger.read;

import java.time.Instant;

/**
 * Units of a sale that are held and unpaid: they may be returned.
 *
 * @param nextEndsAt end of the next of those holds, or null if none is going to end
 */
public record HeldUnits(long held, Instant nextEndsAt) {}
