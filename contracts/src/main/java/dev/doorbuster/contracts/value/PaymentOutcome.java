package dev.doorbuster.contracts.value;

/** The outcome of one payment. */
public enum PaymentOutcome {
    /** The order is paid. */
    PAID,
    /** The order holds no units: refund. */
    REFUND_DUE,
    /** The order was paid by another payment before and is unchanged; this payment is to be refunded. */
    ALREADY_PAID
}
