package dev.doorbuster.contracts.message;

import java.util.UUID;

/**
 * What the edge that holds the request is told.
 *
 * @param verdict the first decision about the order, or that this one request was refused
 * @param reason why not, where the verdict is not ACCEPTED
 * @param order the order as the request left it; null after a refusal, which leaves no order
 * @param replayed whether an earlier request had this decision already
 * @param trace see {@link Traced}
 */
public record OrderAnswered(
        UUID requestId,
        UUID orderId,
        Verdict verdict,
        RefusalReason reason,
        OrderView order,
        boolean replayed,
        String trace)
        implements Traced {
    public OrderAnswered {
        Require.present(requestId, "requestId");
        Require.present(orderId, "orderId");
        Require.present(verdict, "verdict");
        if (verdict == Verdict.REFUSED) {
            Require.present(reason, "reason");
        } else {
            Require.present(order, "order");
        }
        Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
    }

    /** To a request that nobody traces. */
    public OrderAnswered(
            UUID requestId, UUID orderId, Verdict verdict, RefusalReason reason, OrderView order, boolean replayed) {
        this(requestId, orderId, verdict, reason, order, replayed, null);
    }

    public enum Verdict {
        /** The ledger took the order in; it may have moved on since. */
        ACCEPTED,
        /** The ledger refused the order for good. */
        REJECTED,
        /** The counter refused this request; it spent nothing and may be asked again. */
        REFUSED
    }

    public static OrderAnswered refused(OrderPlaced placed, RefusalReason reason) {
        return new OrderAnswered(
                placed.requestId(), placed.orderId(), Verdict.REFUSED, reason, null, false, placed.trace());
    }

    @Override
    public OrderAnswered withTrace(String traceparent) {
        return new OrderAnswered(requestId, orderId, verdict, reason, order, replayed, traceparent);
    }
}
