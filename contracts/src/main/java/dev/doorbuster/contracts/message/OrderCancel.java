package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import java.time.Instant;
import java.util.UUID;

/** A buyer cancels an order, which releases its units. */
public record OrderCancel(UUID requestId, UUID orderId, String buyer, String edgeId, Instant receivedAt, String trace)
        implements Traced {
    public OrderCancel {
        Require.present(requestId, "requestId");
        Require.present(orderId, "orderId");
        Require.text(buyer, Limits.NAME_LENGTH_MAX, "buyer");
        Require.text(edgeId, Limits.EDGE_ID_LENGTH_MAX, "edgeId");
        Require.present(receivedAt, "receivedAt");
        Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
    }

    @Override
    public OrderCancel withTrace(String traceparent) {
        return new OrderCancel(requestId, orderId, buyer, edgeId, receivedAt, traceparent);
    }
}
