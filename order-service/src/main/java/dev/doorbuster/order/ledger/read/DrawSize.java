package dev.doorbuster.order.ledger.read;

/**
 * The draw of a raffle as a whole.
 *
 * @param entrants that have a position
 * @param complete whether no entrant is without one
 */
public record DrawSize(long entrants, boolean complete) {}
