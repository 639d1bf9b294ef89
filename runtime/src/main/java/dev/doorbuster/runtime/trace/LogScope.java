package dev.doorbuster.runtime.trace;

import io.opentelemetry.api.trace.SpanContext;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** Adds the ids of a span to the log lines written on this thread during a call. */
final class LogScope {
    private static final String TRACE_ID = "trace_id";
    private static final String SPAN_ID = "span_id";

    private LogScope() {}

    static <T> T within(SpanContext span, Supplier<T> step) {
        String traceBefore = MDC.get(TRACE_ID);
        String spanBefore = MDC.get(SPAN_ID);
        MDC.put(TRACE_ID, span.getTraceId());
        MDC.put(SPAN_ID, span.getSpanId());
        try {
            return step.get();
        } finally {
            restore(TRACE_ID, traceBefore);
            restore(SPAN_ID, spanBefore);
        }
    }

    private static void restore(String key, String before) {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}
