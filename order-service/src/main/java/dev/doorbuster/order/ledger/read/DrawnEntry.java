package dev.doorbuster.order.ledger.read;

import java.util.UUID;

/**
 * An entrant's place in the draw of a raffle.
 *
 * @param orderId of the order that an offer becomes
 * @param withdrawn behind all that were drawn, and offered nothing
 * @param decided whether nothing is to be offered any more: the ledger has that order, or the entry was withdrawn
 * @param won whether it was accepted; it may have ended since
 * @param available units of the sale that were left at the time of the reading
 */
public record DrawnEntry(
        int position,
        String buyer,
        String entrant,
        UUID orderId,
        boolean withdrawn,
        boolean decided,
        boolean won,
        long available) {}
