package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.Require;
import java.util.UUID;

/**
 * The answer to the edge with the pending request.
 *
 * @param verdict the first decision about the order, or the refusal of this request
 * @param reason of a verdict other than ACCEPTED
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

    public enum Verdict {
        /** The ledger accepted the order, whose state may have changed since. */
        ACCEPTED,
        /** The ledger rejected the order; final. */
        REJECTED,
        /** The counter refused this request; nothing is recorded and the request may be repeated. */
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
