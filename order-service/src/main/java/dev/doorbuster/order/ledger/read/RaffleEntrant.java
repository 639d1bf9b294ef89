package dev.doorbuster.order.ledger.read;

/**
 * An entry in the list of a raffle.
 *
 * @param entrant the pseudonym
 * @param withdrawn before the draw, which is of the others
 */
public record RaffleEntrant(String entrant, boolean withdrawn) {}
