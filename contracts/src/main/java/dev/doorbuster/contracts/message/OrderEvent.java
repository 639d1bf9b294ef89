package dev.doorbuster.contracts.message;

/** Something that happened to an order, told to whoever binds to it. */
public sealed interface OrderEvent extends Traced {
    OrderView order();

    /** Units are held for the buyer until {@code order.holdExpiresAt}. */
    record OrderConfirmed(OrderView order, String trace) implements OrderEvent {
        public OrderConfirmed {
            Require.present(order, "order");
            Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
        }

        /** Of no request, or of one that nobody traces. */
        public OrderConfirmed(OrderView order) {
            this(order, null);
        }

        @Override
        public OrderConfirmed withTrace(String traceparent) {
            return new OrderConfirmed(order, traceparent);
        }
    }

    /** The ledger refused; {@code order.reason} says why. */
    record OrderRejected(OrderView order, String trace) implements OrderEvent {
        public OrderRejected {
            Require.present(order, "order");
            Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
        }

        /** Of no request, or of one that nobody traces. */
        public OrderRejected(OrderView order) {
            this(order, null);
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

        /** Of no request, or of one that nobody traces. */
        public OrderPaid(OrderView order) {
            this(order, null);
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

        /** Of no request, or of one that nobody traces. */
        public OrderCancelled(OrderView order) {
            this(order, null);
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

        /** Of no request, or of one that nobody traces. */
        public OrderExpired(OrderView order) {
            this(order, null);
        }

        @Override
        public OrderExpired withTrace(String traceparent) {
            return new OrderExpired(order, traceparent);
        }
    }

    /** Money came for an order that holds nothing: it has to go back. */
    record OrderRefundDue(OrderView order, String trace) implements OrderEvent {
        public OrderRefundDue {
            Require.present(order, "order");
            Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
        }

        /** Of no request, or of one that nobody traces. */
        public OrderRefundDue(OrderView order) {
            this(order, null);
        }

        @Override
        public OrderRefundDue withTrace(String traceparent) {
            return new OrderRefundDue(order, traceparent);
        }
    }
}
