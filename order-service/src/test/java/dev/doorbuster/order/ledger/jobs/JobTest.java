package dev.doorbuster.order.ledger.jobs;

import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger rounds = new AtomicInteger();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private Job start(Supplier<Future<Void>> round) {
        return await(Job.start(vertx, "a job", Duration.ofMillis(1), round));
    }

    @Test
    void goesOnAfterARoundThatFailed() {
        // Given
        Job job = start(() -> switch (rounds.incrementAndGet()) {
            case 1 -> Future.failedFuture("away");
            case 2 -> throw new IllegalStateException("worse");
            default -> Future.succeededFuture();
        });
        // When
        await().untilAsserted(() -> assertThat(rounds).hasValueGreaterThan(3));
        // Then
        assertThat(job.problem()).isEmpty();
        await(job.stop());
    }

    @Test
    void reportsErrors() {
        // When
        Job job = start(() -> Future.failedFuture("the database is away"));
        // Then
        await().untilAsserted(() -> assertThat(job.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("the database is away")));
        await(job.stop());
    }

    @Test
    void neverRunsTwoRoundsAtOnceAndEndsTheLastBeforeItStops() {
        // Given
        Promise<Void> underWay = Promise.promise();
        Job job = start(() -> {
            rounds.incrementAndGet();
            return underWay.future();
        });
        await().untilAsserted(() -> assertThat(rounds).hasValue(1));
        // When
        Future<Void> stopped = job.stop();
        // Then
        assertThat(stopped.isComplete()).isFalse();
        endOnItsLoop(underWay);
        await(stopped);
        assertThat(rounds).hasValue(1);
    }

    @Test
    void stoppedInItsFirstRoundItLeavesTimersOfOthersAlone() {
        // Given
        Promise<Void> fired = Promise.promise();
        long first = vertx.setTimer(Duration.ofHours(1).toMillis(), id -> fired.fail("not to be waited for"));
        assertThat(first).as("the id that a field has before it is set").isZero();
        Promise<Void> underWay = Promise.promise();
        Job job = start(() -> {
            rounds.incrementAndGet();
            return underWay.future();
        });
        await().untilAsserted(() -> assertThat(rounds).hasValue(1));
        // When
        Future<Void> stopped = job.stop();
        endOnItsLoop(underWay);
        await(stopped);
        // Then
        assertThat(vertx.cancelTimer(first)).isTrue();
    }

    /** Completes on the event loop, as a round does; another thread would race with it. */
    private void endOnItsLoop(Promise<Void> underWay) {
        vertx.getOrCreateContext().runOnContext(v -> underWay.complete());
    }
}
