package dev.doorbuster.order.ledger.read;

import java.util.UUID;

/**
 * A buyer's entry into a raffle.
 *
 * @param position in the draw, from 0 on; null before it
 * @param withdrawn before the draw
 * @param won whether an offer was accepted; null if there was none
 * @param settled whether the raffle is over for the buyer: no offer is undecided, or it ended long ago
 */
public record RaffleEntry(Integer position, UUID orderId, boolean withdrawn, Boolean won, boolean settled) {}
