package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.value.OrderStatus;

/** Transitions of an order by its status. */
final class OrderTransitions {
    private OrderTransitions() {}

    /** Effect of a payment with a new reference. While the units are held, it does not matter whether it is late. */
    enum OnPayment {
        /** The order becomes PAID. */
        PAY,
        /**
         * The hold has expired: PAID if units are left and the limit allows, otherwise the payment is to be
         * refunded.
         */
        PAY_IF_THERE_IS_ROOM,
        /** Nothing to pay for: order and payment become REFUND_DUE. */
        REFUND,
        /** Paid or refund due by an earlier payment: this one becomes REFUND_DUE, the order stays. */
        REFUND_PAYMENT_ONLY
    }

    static OnPayment onPayment(OrderStatus status) {
        return switch (status) {
            case RESERVED -> OnPayment.PAY;
            case EXPIRED -> OnPayment.PAY_IF_THERE_IS_ROOM;
            case CANCELLED, REJECTED -> OnPayment.REFUND;
            case PAID, REFUND_DUE -> OnPayment.REFUND_PAYMENT_ONLY;
            case PENDING -> throw new IllegalArgumentException("no row says PENDING");
        };
    }

    /** Status after a cancel. */
    static OrderStatus onCancel(OrderStatus status) {
        return status == OrderStatus.RESERVED ? OrderStatus.CANCELLED : status;
    }

    /** Status after the hold's expiry. */
    static OrderStatus onHoldOver(OrderStatus status) {
        return status == OrderStatus.RESERVED ? OrderStatus.EXPIRED : status;
    }
}
