package dev.doorbuster.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportersTest {
    private static final int SOON_SECONDS = 60;

    private final BlockingQueue<String> authorizations = new LinkedBlockingQueue<>();
    private HttpServer collector;

    @BeforeEach
    void start() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    @Test
    void eachExportHasTheConfiguredHeaders() throws Exception {
        // Given
        SpanExporter exporter = Exporters.of(TraceConfigs.of(
                "DOORBUSTER_TRACE_EXPORTER",
                "otlp",
                "DOORBUSTER_TRACE_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces",
                "DOORBUSTER_TRACE_HEADERS",
                "authorization=Bearer%20collectors-own"));

        // When
        CompletableResultCode exported = exporter.export(List.of(span())).join(SOON_SECONDS, TimeUnit.SECONDS);

        // Then
        assertThat(exported.isSuccess()).isTrue();
        assertThat(authorizations.poll(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo("Bearer collectors-own");
        assertThat(exporter.shutdown().join(SOON_SECONDS, TimeUnit.SECONDS).isSuccess())
                .isTrue();
    }

    private static TestSpanData span() {
        return TestSpanData.builder()
                .setName("a step")
                .setKind(SpanKind.INTERNAL)
                .setSpanContext(SpanContext.getInvalid())
                .setStatus(StatusData.ok())
                .setStartEpochNanos(1)
                .setEndEpochNanos(2)
                .setHasEnded(true)
                .build();
    }
}
