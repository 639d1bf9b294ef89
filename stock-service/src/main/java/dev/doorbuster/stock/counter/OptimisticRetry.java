package dev.doorbuster.stock.counter;

import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Optimistic transactions: once more, after a little while, where another was faster; but not for ever. */
final class OptimisticRetry {
    private final Vertx vertx;
    private final CounterConfig config;
    private final CounterMetrics metrics;

    OptimisticRetry(Vertx vertx, CounterConfig config, CounterMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.metrics = metrics;
    }

    /** Runs rounds until one returns something; an empty one was lost. */
    <T> Future<T> run(Supplier<Future<Optional<T>>> round) {
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
                        new StoreUnavailableException("others were faster " + number + " times in a row"));
            }
            return vertx.timer(jitterMs(number)).compose(waited -> run(round, number + 1));
        });
    }

    /** Up to twice as long each time, so that two who disturb each other part. */
    private long jitterMs(int number) {
        long bound = Math.min(config.jitterMax().toMillis(), 1L << Math.min(number, 20));
        return ThreadLocalRandom.current().nextLong(1, bound + 1);
    }
}
