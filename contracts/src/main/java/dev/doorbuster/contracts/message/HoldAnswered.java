package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.Require;
import java.util.UUID;

/**
 * The answer to the edge with a pending payment or cancel request.
 *
 * @param payment the payment's outcome; null for a cancel
 * @param order the order as the payment or cancel left it; null if the ledger has none
 * @param replayed whether an earlier request had the same payment
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

    /** Without a trace. */
    public HoldAnswered(UUID requestId, UUID orderId, PaymentOutcome payment, OrderView order, boolean replayed) {
        this(requestId, orderId, payment, order, replayed, null);
    }

    @Override
    public HoldAnswered withTrace(String traceparent) {
        return new HoldAnswered(requestId, orderId, payment, order, replayed, traceparent);
    }

    /** The outcome of one payment. */
    public enum PaymentOutcome {
        /** The order is paid. */
        PAID,
        /** The order holds no units: refund. */
        REFUND_DUE,
        /** The order was paid by another payment before and is unchanged; this payment is to be refunded. */
        ALREADY_PAID
    }
}
