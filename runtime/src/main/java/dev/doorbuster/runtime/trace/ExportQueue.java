package dev.doorbuster.runtime.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts finished spans that wait for the batch processor's export. The processor drops spans silently when its queue is full,
 * so the limit is enforced here first: every finished span is counted as exported, failed or dropped.
 */
final class ExportQueue implements SpanProcessor {
    private final int queueMax;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter dropped;
    private final SpanProcessor processor;

    ExportQueue(SpanExporter exporter, TraceConfig config, MeterRegistry registry) {
        this.queueMax = config.queueMax();
        this.dropped = ExportReport.counter(registry, "dropped");
        this.processor = BatchSpanProcessor.builder(new Emptying(exporter, new ExportReport(config, registry)))
                .setMaxQueueSize(config.queueMax())
                .setMaxExportBatchSize(config.batchMax())
                .setScheduleDelay(config.exportEvery())
                .setExporterTimeout(config.exportMax())
                .build();
        Gauge unused = Gauge.builder("doorbuster.trace.spans.waiting", waiting, AtomicInteger::get)
                .description("Finished spans waiting for export")
                .register(registry);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        processor.onStart(parent, span);
    }

    @Override
    public boolean isStartRequired() {
        return processor.isStartRequired();
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (waiting.incrementAndGet() > queueMax) {
            waiting.decrementAndGet();
            dropped.increment();
        } else {
            processor.onEnd(span);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode shutdown() {
        return processor.shutdown();
    }

    @Override
    public CompletableResultCode forceFlush() {
        return processor.forceFlush();
    }

    /** Spans passed to the exporter no longer wait. */
    private final class Emptying implements SpanExporter {
        private final SpanExporter exporter;
        private final ExportReport report;

        Emptying(SpanExporter exporter, ExportReport report) {
            this.exporter = exporter;
            this.report = report;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size();
            waiting.addAndGet(-count);
            CompletableResultCode result = exporter.export(spans);
            return result.whenComplete(() -> report.ended(count, result));
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    /** Counts exported spans, and logs failed exports at most once a minute. */
    static final class ExportReport {
        private static final Logger LOG = LoggerFactory.getLogger(ExportReport.class);
        private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();
        /** The library logs each failure itself, which is switched off. Referenced, since unreferenced loggers lose their level. */
        private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("io.opentelemetry");

        private final URI endpoint;
        private final Counter exported;
        private final Counter failed;
        private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());

        ExportReport(TraceConfig config, MeterRegistry registry) {
            LIBRARY.setLevel(Level.OFF);
            this.endpoint = config.endpoint();
            this.exported = counter(registry, "exported");
            this.failed = counter(registry, "failed");
        }

        static Counter counter(MeterRegistry registry, String outcome) {
            return Counter.builder("doorbuster.trace.spans")
                    .description("Finished spans, by outcome")
                    .tag("outcome", outcome)
                    .register(registry);
        }

        void ended(int spans, CompletableResultCode result) {
            if (result.isSuccess()) {
                exported.increment(spans);
                return;
            }
            failed.increment(spans);
            long now = System.nanoTime();
            long until = silentUntil.get();
            if (now - until >= 0 && silentUntil.compareAndSet(until, now + SILENCE_NANOS)) {
                LOG.warn(
                        "cannot export {} spans to {}: {}. Orders are not affected; logged at most once a minute.",
                        spans,
                        endpoint,
                        String.valueOf(result.getFailureThrowable()));
            }
        }
    }
}
