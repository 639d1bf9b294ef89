package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.order.edge.order.OrderOutcome;
import java.util.UUID;

/** One HTTP request for an order, and what has become of it so far. */
final class Asked {
    final UUID requestId;
    final UUID orderId;
    final String buyer;
    final int quantity;
    final String key;
    final boolean keyGiven;
    final long askedAt;
    /** It is on its way to the decider, or was. */
    boolean published;
    /** How often the decider has taken it up. */
    int deliveries;
    /** Its refusal was put where it can be looked up. */
    boolean cached;
    /** That failed. */
    boolean cacheLost;
    /** What the buyer was told, or null. */
    OrderOutcome told;

    Asked(UUID requestId, UUID orderId, String buyer, int quantity, String key, boolean keyGiven, long askedAt) {
        this.requestId = requestId;
        this.orderId = orderId;
        this.buyer = buyer;
        this.quantity = quantity;
        this.key = key;
        this.keyGiven = keyGiven;
        this.askedAt = askedAt;
    }

    OrderPlaced placed(World world, SaleView asRead, String edge) {
        return new OrderPlaced(
                requestId,
                orderId,
                buyer,
                quantity,
                key,
                asRead.counter(),
                asRead.perBuyerLimit(),
                asRead.epoch(),
                edge,
                world.now(),
                null);
    }

    boolean refused() {
        return told instanceof OrderOutcome.Refused;
    }

    boolean accepted() {
        return told instanceof OrderOutcome.Accepted;
    }

    /** Nothing better than this will be told. */
    boolean decided() {
        return refused() || accepted();
    }

    @Override
    public String toString() {
        return "request " + requestId.getLeastSignificantBits() + " for order " + orderId.getLeastSignificantBits();
    }
}
