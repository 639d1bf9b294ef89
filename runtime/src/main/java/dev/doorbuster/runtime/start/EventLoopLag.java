package dev.doorbuster.runtime.start;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures how late event loops are: a tick on each of them, and how long after its time it came. */
final class EventLoopLag {
    /** Often enough to see any delay that a buyer notices; ten a second on each loop were most of an idle service's work. */
    private static final Duration TICK = Duration.ofMillis(250);

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private EventLoopLag() {}

    /** Begins to, for as long as the loops live; to be called before anything else is given a loop. */
    static void measure(Vertx vertx, MeterRegistry registry) {
        Timer lag = Timer.builder("doorbuster.event.loop.lag")
                .description("How late a tick of an event loop was")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        // Loops are given out in turn, so these are all of them.
        for (int loop = 0; loop < VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE; loop++) {
            Future<Timer> unused = EventLoop.call(vertx, () -> {
                tick(vertx, lag);
                return Future.succeededFuture(lag);
            });
        }
    }

    private static void tick(Vertx vertx, Timer lag) {
        long due = System.nanoTime() + TICK.toNanos();
        long unused = vertx.setTimer(TICK.toMillis(), tick -> {
            lag.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
            tick(vertx, lag);
        });
    }
}
