package dev.doorbuster.runtime.trace;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

final class Exporters {
    private Exporters() {}

    static SpanExporter of(TraceConfig config) {
        return switch (config.exporter()) {
            case NONE -> throw new IllegalArgumentException("no exporter is configured");
            case LOG -> new LogExporter();
            case OTLP ->
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(config.endpoint().toString())
                        .setHeaders(config::headers)
                        .setTimeout(config.exportMax())
                        .setConnectTimeout(config.exportMax())
                        .build();
        };
    }
}
