package dev.doorbuster.runtime.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Knows whether a store answers: from what was last asked of it, and from a probe where nothing is. Safe for any thread. */
final class StoreProbe {
    /** No timer's id: Vert.x counts them from 0. */
    private static final long NONE = -1;

    private final Vertx vertx;
    private final Duration interval;
    private long timer = NONE;
    private volatile String problem = "not reached yet";
    private volatile boolean asking;

    StoreProbe(Vertx vertx, Duration interval) {
        this.vertx = vertx;
        this.interval = interval;
    }

    /** To be called once its owner is complete. */
    void start(Supplier<Future<?>> question) {
        timer = vertx.setPeriodic(0, interval.toMillis(), id -> ask(question));
    }

    /** What is wrong, or nothing. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Takes the outcome of any call as news of the store. */
    <T> Future<T> watch(Future<T> call) {
        return call.onSuccess(answer -> problem = null).onFailure(cause -> problem = cause.getMessage());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void ask(Supplier<Future<?>> question) {
        if (!asking) {
            asking = true;
            watch(question.get()).onComplete(done -> asking = false);
        }
    }
}
