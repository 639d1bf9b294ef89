package dev.doorbuster.crowd.buyers;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void failsOnceAllHaveEndedWhereOneFailed() {
        // Given
        var started = new AtomicInteger();

        // When
        Future<Void> all = Arrivals.run(vertx, 3, 1_000, (number, dueAtNanos) -> {
            started.incrementAndGet();
            return number == 1
                    ? Future.failedFuture(new IllegalStateException("a script that ended unexpectedly"))
                    : Future.succeededFuture();
        });

        // Then
        assertThat(all.toCompletionStage().toCompletableFuture())
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("a script that ended unexpectedly");
        assertThat(started).hasValue(3);
    }
}
