package dev.doorbuster.contracts.message;

/**
 * An element that belongs to one buyer's request. {@code trace} is the W3C {@code traceparent}, flagged as sampled, of the span
 * that sent the element; null if the request is not traced.
 */
public sealed interface Traced extends Element
        permits OrderPlaced,
                OrderGranted,
                OrderPayment,
                OrderCancel,
                OrderAnswered,
                HoldAnswered,
                OrderEvent,
                SaleChange,
                SaleAnswered {
    String trace();

    /** The same element, sent by another span. */
    Traced withTrace(String traceparent);
}
