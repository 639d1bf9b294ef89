package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Tracks whether a store answers, from the outcome of the last call and of a periodic probe. Safe for any thread. */
final class StoreProbe {
    private final OneShotTimer oneShotTimer;
    private final Duration interval;
    private volatile String problem = "not connected yet";
    private volatile boolean probing;

    StoreProbe(Vertx vertx, Duration interval) {
        this.oneShotTimer = new OneShotTimer(vertx);
        this.interval = interval;
    }

    /** To be called once the owner is constructed. */
    void start(Supplier<Future<?>> probe) {
        oneShotTimer.atOnceAndEvery(interval, () -> runProbe(probe));
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Records the outcome of any call as the store's state. */
    <T> Future<T> watch(Future<T> call) {
        return call.onSuccess(reply -> problem = null).onFailure(cause -> problem = cause.getMessage());
    }

    void stop() {
        oneShotTimer.cancel();
    }

    private void runProbe(Supplier<Future<?>> probe) {
        if (!probing) {
            probing = true;
            watch(probe.get()).onComplete(done -> probing = false);
        }
    }
}
