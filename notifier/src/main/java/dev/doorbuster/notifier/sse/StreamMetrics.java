package dev.doorbuster.notifier.sse;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Metrics of the streams. */
public final class StreamMetrics {
    private final Map<StreamTopic.Kind, AtomicInteger> open = new EnumMap<>(StreamTopic.Kind.class);
    private final Map<StreamTopic.Kind, Counter> sent = new EnumMap<>(StreamTopic.Kind.class);
    private final Map<StreamTopic.Kind, Counter> dropped = new EnumMap<>(StreamTopic.Kind.class);
    private final Map<StreamTopic.Kind, Counter> refused = new EnumMap<>(StreamTopic.Kind.class);

    public StreamMetrics(MeterRegistry registry) {
        for (StreamTopic.Kind kind : StreamTopic.Kind.values()) {
            String tag = kind.name().toLowerCase(Locale.ROOT);
            var gauge = new AtomicInteger();
            Gauge.builder("doorbuster.sse.subscribers", gauge, AtomicInteger::get)
                    .description("Open streams")
                    .tag("stream", tag)
                    .register(registry);
            open.put(kind, gauge);
            sent.put(kind, counter(registry, "doorbuster.sse.events", "Events written to streams", tag));
            dropped.put(kind, counter(registry, "doorbuster.sse.dropped", "Streams ended for reading too slowly", tag));
            refused.put(
                    kind, counter(registry, "doorbuster.sse.refused", "Streams not admitted: too many were open", tag));
        }
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String stream) {
        return Counter.builder(name)
                .description(description)
                .tag("stream", stream)
                .register(registry);
    }

    void opened(StreamTopic.Kind kind) {
        open.get(kind).incrementAndGet();
    }

    void closed(StreamTopic.Kind kind) {
        open.get(kind).decrementAndGet();
    }

    void sent(StreamTopic.Kind kind, int events) {
        sent.get(kind).increment(events);
    }

    /** Counts a stream that was ended because its client read too slowly. */
    void dropped(StreamTopic.Kind kind) {
        dropped.get(kind).increment();
    }

    /** Counts a stream that was rejected because too many were open. */
    public void refused(StreamTopic.Kind kind) {
        refused.get(kind).increment();
    }
}
