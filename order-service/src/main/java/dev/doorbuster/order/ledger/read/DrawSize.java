package dev.doorbuster.order.ledger.read;

/**
 * The draw of a raffle as a whole.
 *
 * @param entrants that were drawn
 * @param withdrawn entries, with positions behind those
 * @param complete whether no entry is without a position
 */
public record DrawSize(long entrants, long withdrawn, boolean complete) {}
