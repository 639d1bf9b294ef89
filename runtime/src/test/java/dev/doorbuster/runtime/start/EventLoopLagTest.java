package dev.doorbuster.runtime.start;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopLagTest {
    private static final Duration HOLD_UP = Duration.ofMillis(600);
    private static final Duration LATE = Duration.ofMillis(100);
    private static final int LOOPS = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void measuresTheDelayOfEachBlockedEventLoop() {
        // Given
        EventLoopLag.measure(vertx, registry);

        // When
        for (int loop = 0; loop < LOOPS; loop++) {
            Future<Void> unused = EventLoop.call(vertx, () -> {
                block();
                return Future.succeededFuture();
            });
        }

        // Then
        await().until(() -> late() >= LOOPS);
    }

    private static void block() {
        long until = System.nanoTime() + HOLD_UP.toNanos();
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private double late() {
        Timer lag = registry.get("doorbuster.event.loop.lag").timer();
        double inTime = Arrays.stream(lag.takeSnapshot().histogramCounts())
                .filter(bucket -> bucket.bucket(TimeUnit.NANOSECONDS) == LATE.toNanos())
                .findFirst()
                .orElseThrow()
                .count();
        return lag.count() - inTime;
    }
}
