package dev.doorbuster.runtime.amqp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** How publishing goes. */
final class PublishMetrics {
    private static final String NAME = "doorbuster.messages.published";

    private final Counter confirmed;
    private final Counter nacked;
    private final Counter unconfirmed;
    private final Counter notSent;
    private final Counter untold;

    PublishMetrics(MeterRegistry registry, AtomicLong inFlight) {
        Gauge.builder("doorbuster.messages.unconfirmed", inFlight, AtomicLong::get)
                .register(registry);
        confirmed = registry.counter(NAME, "outcome", "confirmed");
        nacked = registry.counter(NAME, "outcome", "nacked");
        unconfirmed = registry.counter(NAME, "outcome", "unconfirmed");
        notSent = registry.counter(NAME, "outcome", "not_sent");
        untold = registry.counter(NAME, "outcome", "untold");
    }

    void settled(PublishException failure) {
        if (failure == null) {
            confirmed.increment();
            return;
        }
        switch (failure.kind()) {
            case NACKED -> nacked.increment();
            case UNCONFIRMED -> unconfirmed.increment();
            case NOT_SENT -> notSent.increment();
        }
    }

    void notSent() {
        notSent.increment();
    }

    void untold() {
        untold.increment();
    }
}
