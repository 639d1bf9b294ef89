package dev.doorbuster.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.runtime.trace.ExportQueue.ExportReport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Failed exports and a full queue are counted and logged, without an exception. */
class ExportQueueTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Logger REPORTS = (Logger) LoggerFactory.getLogger(ExportReport.class);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> reports = new ListAppender<>();
    private final CopyOnWriteArrayList<CompletableResultCode> exports = new CopyOnWriteArrayList<>();
    private SdkTracerProvider provider;

    @BeforeEach
    void listen() {
        reports.start();
        REPORTS.addAppender(reports);
    }

    @AfterEach
    void stop() {
        REPORTS.detachAppender(reports);
        exports.forEach(CompletableResultCode::succeed);
        provider.close();
    }

    @Test
    void countsWhatIsExported() {
        Tracer tracer = start(new Pending(CompletableResultCode.ofSuccess()), "queueMax", "8192");

        spans(tracer, 3);

        await().atMost(SOON).until(() -> count("exported") == 3);
        assertThat(registry.get("doorbuster.trace.spans.waiting").gauge().value())
                .isZero();
        assertThat(reports.list).isEmpty();
    }

    @Test
    void dropsAndCountsSpansIfTheQueueIsFull() {
        // Given an export that does not end, and room for two more spans
        Tracer tracer = start(new Pending(new CompletableResultCode()), "queueMax", "2", "batchMax", "1");
        spans(tracer, 1);
        await().atMost(SOON).until(() -> exports.size() == 1);

        // When
        spans(tracer, 5);

        // Then
        assertThat(count("dropped")).isEqualTo(3);
    }

    @Test
    void logsFailedExportsOnce() throws IOException {
        // Given a port without a listener, and the production exporter
        int port = Ports.free();
        TraceConfig config = TraceConfigs.of(
                "DOORBUSTER_TRACE_EXPORTER",
                "otlp",
                "DOORBUSTER_TRACE_ENDPOINT",
                "http://127.0.0.1:" + port + "/v1/traces",
                "exportMax",
                "100",
                "exportEvery",
                "10");
        Tracer tracer = start(config, Exporters.of(config));

        // When
        spans(tracer, 1);
        await().atMost(SOON).until(() -> count("failed") == 1);
        spans(tracer, 2);
        await().atMost(SOON).until(() -> count("failed") == 3);

        // Then
        assertThat(reports.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("cannot export 1 spans to http://127.0.0.1:" + port + "/v1/traces"));
    }

    private Tracer start(SpanExporter exporter, String... settings) {
        return start(TraceConfigs.of(settings), exporter);
    }

    private Tracer start(TraceConfig config, SpanExporter exporter) {
        provider = SdkTracerProvider.builder()
                .addSpanProcessor(new ExportQueue(exporter, config, registry))
                .build();
        return provider.get("test");
    }

    private static void spans(Tracer tracer, int count) {
        for (int i = 0; i < count; i++) {
            tracer.spanBuilder("some").startSpan().end();
        }
    }

    private double count(String outcome) {
        return registry.get("doorbuster.trace.spans")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    /** All exports fail or succeed with this result. */
    private final class Pending implements SpanExporter {
        private final CompletableResultCode result;

        Pending(CompletableResultCode result) {
            this.result = result;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            exports.add(result);
            return result;
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
}
