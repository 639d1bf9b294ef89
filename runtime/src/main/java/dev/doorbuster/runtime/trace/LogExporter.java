package dev.doorbuster.runtime.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each span as one line of JSON, whatever the log format. For local experiments. */
final class LogExporter implements SpanExporter {
    /** Logged without a prefix: see logback.xml. */
    private static final Logger SPANS = LoggerFactory.getLogger("doorbuster.spans");

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        spans.forEach(span -> SPANS.info(json(span).encode()));
        return CompletableResultCode.ofSuccess();
    }

    static JsonObject json(SpanData span) {
        long began = span.getStartEpochNanos();
        var json = new JsonObject()
                .put("traceId", span.getTraceId())
                .put("spanId", span.getSpanId())
                .put("parentSpanId", span.getParentSpanContext().isValid() ? span.getParentSpanId() : null)
                .put("service", span.getResource().getAttribute(SpanAttributes.SERVICE_NAME))
                .put("name", span.getName())
                .put("kind", span.getKind().name().toLowerCase(Locale.ROOT))
                .put("startedAt", Instant.ofEpochSecond(began / NANOS_PER_SECOND, began % NANOS_PER_SECOND))
                .put("durationMs", (span.getEndEpochNanos() - began) / NANOS_PER_MILLI)
                .put("failed", span.getStatus().getStatusCode() == StatusCode.ERROR)
                .put("attributes", attributes(span.getAttributes()));
        var links = new JsonArray();
        for (LinkData link : span.getLinks()) {
            links.add(new JsonObject()
                    .put("traceId", link.getSpanContext().getTraceId())
                    .put("spanId", link.getSpanContext().getSpanId()));
        }
        return json.put("links", links);
    }

    private static JsonObject attributes(Attributes attributes) {
        var json = new JsonObject();
        attributes.forEach((key, value) -> json.put(key.getKey(), value));
        return json;
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
