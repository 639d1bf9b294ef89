package dev.doorbuster.runtime.amqp.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

final class PublishMetrics {
    private final Counter confirmed;
    private final Counter nacked;
    private final Counter unconfirmed;
    private final Counter notSent;
    private final Counter untold;

    PublishMetrics(MeterRegistry registry, UnconfirmedMessages messages) {
        Gauge.builder("doorbuster.messages.unconfirmed", messages, UnconfirmedMessages::size)
                .description("Messages accepted for publishing and not confirmed yet")
                .register(registry);
        confirmed = counter(registry, "confirmed");
        nacked = counter(registry, "nacked");
        unconfirmed = counter(registry, "unconfirmed");
        notSent = counter(registry, "not-sent");
        untold = counter(registry, "untold");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("doorbuster.messages.published")
                .description("Messages to be published, by outcome")
                .tag("outcome", outcome)
                .register(registry);
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
