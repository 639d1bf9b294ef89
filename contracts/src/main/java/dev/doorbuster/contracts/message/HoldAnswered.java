package dev.doorbuster.contracts.message;

import java.util.UUID;

/**
 * What the edge that holds a payment or a cancel is told.
 *
 * @param payment what became of this payment; null for a cancel
 * @param order the order as the payment or cancel left it; null where the ledger has none
 * @param replayed whether an earlier request had brought the same payment
 * @param trace see {@link Traced}
 */
public record HoldAnswered(
        UUID requestId, UUID orderId, PaymentOutcome payment, OrderView order, boolean replayed, String trace)
        implements Traced {
    public HoldAnswered {
        Require.present(requestId, "requestId");
        Require.present(orderId, "orderId");
        if (payment == null) {
            Require.present(order, "order");
        }
        Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
    }

    /** To a request that nobody traces. */
    public HoldAnswered(UUID requestId, UUID orderId, PaymentOutcome payment, OrderView order, boolean replayed) {
        this(requestId, orderId, payment, order, replayed, null);
    }

    @Override
    public HoldAnswered withTrace(String traceparent) {
        return new HoldAnswered(requestId, orderId, payment, order, replayed, traceparent);
    }
}
