package dev.doorbuster.contracts.message;

/** Something that happened to an order, told to whoever binds to it. */
public sealed interface OrderEvent extends Element {
    OrderView order();

    /** Units are held for the buyer until {@code order.holdExpiresAt}. */
    record OrderConfirmed(OrderView order) implements OrderEvent {
        public OrderConfirmed {
            Require.present(order, "order");
        }
    }

    /** The ledger refused; {@code order.reason} says why. */
    record OrderRejected(OrderView order) implements OrderEvent {
        public OrderRejected {
            Require.present(order, "order");
        }
    }

    record OrderPaid(OrderView order) implements OrderEvent {
        public OrderPaid {
            Require.present(order, "order");
        }
    }

    record OrderCancelled(OrderView order) implements OrderEvent {
        public OrderCancelled {
            Require.present(order, "order");
        }
    }

    record OrderExpired(OrderView order) implements OrderEvent {
        public OrderExpired {
            Require.present(order, "order");
        }
    }

    /** Money came for an order that holds nothing: it has to go back. */
    record OrderRefundDue(OrderView order) implements OrderEvent {
        public OrderRefundDue {
            Require.present(order, "order");
        }
    }
}
