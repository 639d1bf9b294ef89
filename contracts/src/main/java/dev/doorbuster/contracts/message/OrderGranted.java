package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.Require;
import java.time.Instant;
import java.util.UUID;

/**
 * An order granted by the counter, for the ledger to decide.
 *
 * @param counted whether the counter was lowered; an order that the counter has already, or of a buyer at the limit, is granted
 *     uncounted
 * @param epoch of the counter that decided; null from a decider of an older version
 * @param number of the request; null from an edge or a decider of an older version
 */
public record OrderGranted(
        UUID requestId,
        UUID orderId,
        String buyer,
        int quantity,
        String key,
        boolean counted,
        Long epoch,
        String edgeId,
        Instant receivedAt,
        String trace,
        OrderNumber number)
        implements Traced {
    public OrderGranted {
        Require.present(requestId, "requestId");
        Require.present(orderId, "orderId");
        Require.text(buyer, Limits.NAME_LENGTH_MAX, "buyer");
        Require.range(quantity, 1, Limits.QUANTITY_MAX, "quantity");
        Require.text(key, Limits.KEY_LENGTH_MAX, "key");
        if (epoch != null) {
            Require.range(epoch, 0, Long.MAX_VALUE, "epoch");
        }
        Require.text(edgeId, Limits.EDGE_ID_LENGTH_MAX, "edgeId");
        Require.present(receivedAt, "receivedAt");
        Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
    }

    public static OrderGranted of(OrderPlaced placed, boolean counted, long epoch) {
        return new OrderGranted(
                placed.requestId(),
                placed.orderId(),
                placed.buyer(),
                placed.quantity(),
                placed.key(),
                counted,
                epoch,
                placed.edgeId(),
                placed.receivedAt(),
                placed.trace(),
                placed.number());
    }

    @Override
    public OrderGranted withTrace(String traceparent) {
        return new OrderGranted(
                requestId, orderId, buyer, quantity, key, counted, epoch, edgeId, receivedAt, traceparent, number);
    }
}
