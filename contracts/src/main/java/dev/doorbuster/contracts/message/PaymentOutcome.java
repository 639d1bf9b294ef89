package dev.doorbuster.contracts.message;

/** What became of one payment. */
public enum PaymentOutcome {
    /** It pays for the order. */
    PAID,
    /** There was nothing to pay for: it is due back. */
    REFUND_DUE,
    /** Another payment had come before: the order stays as that one left it, and this one is due back. */
    ALREADY_PAID
}
