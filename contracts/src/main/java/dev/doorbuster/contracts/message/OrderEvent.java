package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.Require;

/** An event of an order, published to all bound queues. */
public sealed interface OrderEvent extends Traced {
    public OrderView order();

    /** Units are held until {@code order.holdExpiresAt}. */
    record OrderConfirmed(OrderView order, String trace) implements OrderEvent {
        public OrderConfirmed {
            Require.present(order, "order");
            Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
        }

        @Override
        public OrderConfirmed withTrace(String traceparent) {
            return new OrderConfirmed(order, traceparent);
        }
    }

    /** The ledger rejected the order; the reason is in {@code order.reason}. */
    record OrderRejected(OrderView order, String trace) implements OrderEvent {
        public OrderRejected {
            Require.present(order, "order");
            Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
        }

        @Override
        public OrderRejected withTrace(String traceparent) {
            return new OrderRejected(order, traceparent);
        }
    }

    record OrderPaid(OrderView order, String trace) implements OrderEvent {
        public OrderPaid {
            Require.present(order, "order");
            Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
        }

        @Override
        public OrderPaid withTrace(String traceparent) {
            return new OrderPaid(order, traceparent);
        }
    }

    record OrderCancelled(OrderView order, String trace) implements OrderEvent {
        public OrderCancelled {
            Require.present(order, "order");
            Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
        }

        @Override
        public OrderCancelled withTrace(String traceparent) {
            return new OrderCancelled(order, traceparent);
        }
    }

    record OrderExpired(OrderView order, String trace) implements OrderEvent {
        public OrderExpired {
            Require.present(order, "order");
            Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
        }

        @Override
        public OrderExpired withTrace(String traceparent) {
            return new OrderExpired(order, traceparent);
        }
    }

    /**
     * A payment cannot pay for its order and must be refunded.
     *
     * @param reference of the payment; null in messages of older versions
     */
    record OrderRefundDue(OrderView order, String reference, String trace) implements OrderEvent {
        public OrderRefundDue {
            Require.present(order, "order");
            Require.optionalText(reference, Limits.REFERENCE_LENGTH_MAX, "reference");
            Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
        }

        @Override
        public OrderRefundDue withTrace(String traceparent) {
            return new OrderRefundDue(order, reference, traceparent);
        }
    }
}
