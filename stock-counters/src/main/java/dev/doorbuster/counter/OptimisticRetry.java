package dev.doorbuster.counter;

import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Repeats an optimistic transaction with random waits while it conflicts with other writers, up to a limit. */
public final class OptimisticRetry {
    private final Vertx vertx;
    private final CounterConfig config;
    private final CounterMetrics metrics;

    public OptimisticRetry(Vertx vertx, CounterConfig config, CounterMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.metrics = metrics;
    }

    /** Runs attempts until one returns a value; empty means a conflict. */
    public <T> Future<T> run(Supplier<Future<Optional<T>>> round) {
        return run(round, 1);
    }

    private <T> Future<T> run(Supplier<Future<Optional<T>>> round, int number) {
        return round.get().compose(result -> {
            if (result.isPresent()) {
                return Future.succeededFuture(result.get());
            }
            metrics.lostRound();
            if (number >= config.roundsMax()) {
                return Future.failedFuture(
                        new StoreUnavailableException(number + " conflicts with other writers in a row"));
            }
            return config.jitterMax().isZero()
                    ? run(round, number + 1)
                    : vertx.timer(jitterMs(number)).compose(waited -> run(round, number + 1));
        });
    }

    /** The bound doubles with each attempt, so that conflicting writers separate. */
    private long jitterMs(int number) {
        long bound = Math.min(config.jitterMax().toMillis(), 1L << Math.min(number, 20));
        return ThreadLocalRandom.current().nextLong(1, bound + 1);
    }
}
