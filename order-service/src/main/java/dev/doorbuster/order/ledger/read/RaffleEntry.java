package dev.doorbuster.order.ledger.read;

import java.util.UUID;

/**
 * A buyer's entry into a raffle.
 *
 * @param position in the draw, from 0 on; null before it
 * @param won whether an offer was accepted; null if there was none
 */
public record RaffleEntry(Integer position, UUID orderId, Boolean won) {}
