package dev.doorbuster.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OptimisticRetryTest {
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger rounds = new AtomicInteger();

    @AfterEach
    void close() {
        Futures.await(vertx.close());
    }

    private OptimisticRetry rounds() {
        return rounds("1");
    }

    private OptimisticRetry rounds(String jitterMaxMs) {
        var config = Overrides.in(
                CounterConfig.fromEnv(new Environment(Map.of())), "roundsMax", "5", "jitterMax", jitterMaxMs);
        return new OptimisticRetry(vertx, config, new CounterMetrics(registry, CounterKind.REDIS));
    }

    private double lost() {
        return registry.get("doorbuster.stock.lost.rounds")
                .tag("counter", "redis")
                .counter()
                .count();
    }

    @Test
    void retriesUntilARoundSucceeds() {
        // When
        String won = Futures.await(rounds().run(() ->
                Future.succeededFuture(rounds.incrementAndGet() < 4 ? Optional.empty() : Optional.of("won"))));

        // Then
        assertThat(won).isEqualTo("won");
        assertThat(rounds).hasValue(4);
        assertThat(lost()).isEqualTo(3);
    }

    @Test
    void retriesAtOnceWithoutAWait() {
        // When
        Future<String> won = rounds("0")
                .run(() ->
                        Future.succeededFuture(rounds.incrementAndGet() < 4 ? Optional.empty() : Optional.of("won")));

        // Then: no timer was needed
        assertThat(won.succeeded()).isTrue();
        assertThat(lost()).isEqualTo(3);
    }

    @Test
    void failsAfterTooManyConflicts() {
        // When
        Future<String> result = rounds().run(() -> {
            rounds.incrementAndGet();
            return Future.succeededFuture(Optional.empty());
        });

        // Then
        Futures.awaitFailure(StoreUnavailableException.class, result);
        assertThat(rounds).hasValue(5);
        assertThat(lost()).isEqualTo(5);
    }

    @Test
    void doesNotRetryAFailedRound() {
        // When
        Future<String> result = rounds().run(() -> {
            rounds.incrementAndGet();
            return Future.failedFuture(new StoreUnavailableException("away"));
        });

        // Then
        Futures.awaitFailure(StoreUnavailableException.class, result);
        assertThat(rounds).hasValue(1);
        assertThat(lost()).isZero();
    }
}
