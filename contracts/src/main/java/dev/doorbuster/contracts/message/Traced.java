package dev.doorbuster.contracts.message;

/**
 * An element that comes of one buyer's request, and knows that request's trace where it is one of those that are traced: a
 * W3C {@code traceparent}, flagged as sampled, of the span that sent the element. Null where nobody traces the request.
 */
public sealed interface Traced extends Element
        permits OrderPlaced, OrderGranted, OrderPayment, OrderCancel, OrderAnswered, HoldAnswered, OrderEvent {
    String trace();

    /** The same, sent by another span. */
    Traced withTrace(String traceparent);
}
