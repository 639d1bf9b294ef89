package dev.doorbuster.notifier.channel;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** How one channel fares. */
public final class ChannelMetrics {
    /** What came of one attempt. */
    public enum Outcome {
        DELIVERED,
        /** Not this time; it is tried again, or given up after the last attempt. */
        FAILED,
        /** Not now and not later: the receiver said so. */
        REFUSED,
        /** There is nobody to tell. */
        UNADDRESSED
    }

    private final Map<Outcome, Counter> deliveries = new EnumMap<>(Outcome.class);
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Registers its meters.
     *
     * @param channel as in the name of its queue
     */
    public ChannelMetrics(MeterRegistry registry, String channel) {
        for (Outcome outcome : Outcome.values()) {
            deliveries.put(
                    outcome,
                    Counter.builder("doorbuster.notifier.deliveries")
                            .description("Attempts to tell somebody outside, by what came of them")
                            .tag("channel", channel)
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder("doorbuster.notifier.waiting", waiting, AtomicInteger::get)
                .description("Notifications in this instance's hands that are not delivered yet")
                .tag("channel", channel)
                .register(registry);
    }

    public void count(Outcome outcome) {
        deliveries.get(outcome).increment();
    }

    /** Counts as waiting for as long as it takes. */
    public <T> Future<T> whileWaiting(Supplier<Future<T>> delivery) {
        waiting.incrementAndGet();
        return delivery.get().onComplete(done -> waiting.decrementAndGet());
    }
}
