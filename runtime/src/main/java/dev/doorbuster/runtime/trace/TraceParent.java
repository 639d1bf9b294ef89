package dev.doorbuster.runtime.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/** The {@code traceparent} format of W3C Trace Context. */
final class TraceParent {
    static final String HEADER = "traceparent";

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<String> ITSELF = (text, header) -> HEADER.equals(header) ? text : null;

    private TraceParent() {}

    /** Invalid if the text is null or malformed. */
    static SpanContext parse(String text) {
        return text == null
                ? SpanContext.getInvalid()
                : Span.fromContext(W3C.extract(Context.root(), text, ITSELF)).getSpanContext();
    }

    static String format(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }
}
