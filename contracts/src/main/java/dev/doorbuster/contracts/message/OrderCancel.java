package dev.doorbuster.contracts.message;

import java.time.Instant;
import java.util.UUID;

/** The buyer gives the units back. */
public record OrderCancel(UUID requestId, UUID orderId, String buyer, String edgeId, Instant receivedAt)
        implements Element {
    public OrderCancel {
        Require.present(requestId, "requestId");
        Require.present(orderId, "orderId");
        Require.text(buyer, Limits.NAME_LENGTH_MAX, "buyer");
        Require.text(edgeId, Limits.EDGE_ID_LENGTH_MAX, "edgeId");
        Require.present(receivedAt, "receivedAt");
    }
}
