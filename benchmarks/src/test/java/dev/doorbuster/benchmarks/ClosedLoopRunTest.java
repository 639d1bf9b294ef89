package dev.doorbuster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.benchmarks.Benchmark.RepeatingCaller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosedLoopRunTest {
    private static final int LATE_MS = 1_100;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        Object unused = vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void callsThatEndAfterThePlannedTimeAreDoneButNotInTime() throws Exception {
        // Given
        var called = new AtomicBoolean();
        RepeatingCaller caller =
                () -> called.getAndSet(true) ? vertx.timer(LATE_MS).map(10) : Future.succeededFuture(10);

        // When
        Measured measured = new ClosedLoopRun(vertx.getOrCreateContext(), List.of(caller), 1)
                .run()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        // Then
        assertThat(measured.done()).isEqualTo(20);
        assertThat(measured.doneInTime()).isEqualTo(10);
        assertThat(measured.latency().millis(1)).isGreaterThanOrEqualTo(LATE_MS);
    }
}
