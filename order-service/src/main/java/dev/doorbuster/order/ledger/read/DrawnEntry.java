package dev.doorbuster.order.ledger.read;

import java.util.UUID;

/**
 * An entrant's place in the draw of a raffle.
 *
 * @param orderId of the order that an offer becomes
 * @param decided whether the ledger has that order
 * @param won whether it was accepted; it may have ended since
 * @param available units of the sale that were left at the time of the reading
 */
public record DrawnEntry(
        int position, String buyer, String entrant, UUID orderId, boolean decided, boolean won, long available) {}
