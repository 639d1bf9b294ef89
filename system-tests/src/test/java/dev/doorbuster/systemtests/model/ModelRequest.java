package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.placement.OrderOutcome;
import java.util.UUID;

/** One HTTP request for an order, and its progress. */
final class ModelRequest {
    final UUID requestId;
    final UUID orderId;
    final String buyer;
    final int quantity;
    final String key;
    final boolean keyGiven;
    final long askedAt;
    /** It was published to the decider. */
    boolean published;
    /** The edge that published it. */
    String edge;
    /** As that edge numbered it. */
    OrderNumber number;
    /** Its edge has crashed since. */
    boolean forgotten;
    /** Number of deliveries to the decider. */
    int deliveries;
    /** Its refusal was written to the answer cache. */
    boolean cached;
    /** Writing it failed. */
    boolean cacheLost;
    /** The answer to the buyer, or null. */
    OrderOutcome told;

    ModelRequest(UUID requestId, UUID orderId, String buyer, int quantity, String key, boolean keyGiven, long askedAt) {
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
                null,
                null);
    }

    boolean refused() {
        return told instanceof OrderOutcome.Refused;
    }

    boolean accepted() {
        return told instanceof OrderOutcome.Accepted;
    }

    /** Whether the answer is final. */
    boolean decided() {
        return refused() || accepted();
    }

    @Override
    public String toString() {
        return "request " + requestId.getLeastSignificantBits() + " for order " + orderId.getLeastSignificantBits();
    }
}
