package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.OrderStatus;

/** What becomes of an order, by where it stands. */
final class OrderTable {
    private OrderTable() {}

    /** What a payment with a reference of its own does. In time or late makes no difference while the units are held. */
    enum OnPayment {
        /** The units are the buyer's for good. */
        PAY,
        /** The hold has ended: paid if units are left and the limit allows, else the money is due back. */
        PAY_IF_THERE_IS_ROOM,
        /** There is nothing to pay for: order and payment are refund-due. */
        REFUND,
        /** Paid or due back by an earlier payment: this one is refund-due, the order stays. */
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

    /** What giving the units back makes of an order. */
    static OrderStatus onCancel(OrderStatus status) {
        return status == OrderStatus.RESERVED ? OrderStatus.CANCELLED : status;
    }

    /** What the end of the hold makes of an order. */
    static OrderStatus onHoldOver(OrderStatus status) {
        return status == OrderStatus.RESERVED ? OrderStatus.EXPIRED : status;
    }
}
