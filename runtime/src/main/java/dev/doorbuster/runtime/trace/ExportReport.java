package dev.doorbuster.runtime.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts exported spans, and logs failed exports at most once a minute. */
final class ExportReport {
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
