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

/** Metrics of one channel. */
public final class ChannelMetrics {
    /** Outcome of one delivery attempt. */
    public enum Outcome {
        DELIVERED,
        /** Failed temporarily: retried, or dead-lettered after the last attempt. */
        FAILED,
        /** Rejected permanently by the receiver. */
        REFUSED,
        /** No address for the buyer. */
        UNADDRESSED
    }

    private final Map<Outcome, Counter> deliveries = new EnumMap<>(Outcome.class);
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param channel name of the channel, as in its queue's name */
    public ChannelMetrics(MeterRegistry registry, String channel) {
        for (Outcome outcome : Outcome.values()) {
            deliveries.put(
                    outcome,
                    Counter.builder("doorbuster.notifier.deliveries")
                            .description("Delivery attempts to external receivers, by outcome")
                            .tag("channel", channel)
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder("doorbuster.notifier.waiting", waiting, AtomicInteger::get)
                .description("Notifications that this instance has taken and not delivered yet")
                .tag("channel", channel)
                .register(registry);
    }

    public void count(Outcome outcome) {
        deliveries.get(outcome).increment();
    }

    /** Counts the delivery as pending until its future completes. */
    public <T> Future<T> whileWaiting(Supplier<Future<T>> delivery) {
        waiting.incrementAndGet();
        return delivery.get().onComplete(done -> waiting.decrementAndGet());
    }
}
