package dev.doorbuster.runtime.start;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures the delay of event loops: how late a periodic timer fires on each of them. */
final class EventLoopLag {
    /** Short enough to detect every delay that a buyer notices; a tick each 100 ms was most of the work of an idle service. */
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

    /** Starts measuring; to be called before any other event loop is assigned. */
    static void measure(Vertx vertx, MeterRegistry registry) {
        Timer lag = Timer.builder("doorbuster.event.loop.lag")
                .description("Delay of a timer tick on an event loop")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        // Vert.x assigns event loops round-robin, so this covers all of them.
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
