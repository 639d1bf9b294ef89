package dev.doorbuster.notifier.room;

import dev.doorbuster.waitingroom.Admission;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** Metrics of the waiting rooms. */
public final class RoomMetrics {
    private final AtomicLong waiting = new AtomicLong();
    private final Counter admitted;
    private final Counter passedOver;
    private final Counter left;
    private final Counter failed;

    public RoomMetrics(MeterRegistry registry) {
        Gauge.builder("doorbuster.room.waiting", waiting, AtomicLong::get)
                .description("Entrants that wait in the rooms which this instance follows")
                .register(registry);
        admitted = entrants(registry, "admitted");
        passedOver = entrants(registry, "passed-over");
        left = entrants(registry, "left");
        failed = Counter.builder("doorbuster.room.failures")
                .description("Ticks of a room that failed: Redis or the order-service did not answer")
                .register(registry);
    }

    private static Counter entrants(MeterRegistry registry, String what) {
        return Counter.builder("doorbuster.room.entrants")
                .description("Entrants that left the waiting, by how")
                .tag("outcome", what)
                .register(registry);
    }

    void waiting(long entrants) {
        waiting.set(entrants);
    }

    void ticked(Admission admission) {
        admitted.increment((double) admission.admitted());
        passedOver.increment((double) admission.passedOver());
    }

    void left() {
        left.increment();
    }

    void failed() {
        failed.increment();
    }
}
