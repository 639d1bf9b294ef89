package dev.doorbuster.runtime.start;

import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's start as a chain of named steps; what was started is stopped in reverse order, each part within
 * {@code stopStepMax}, whether one of them fails or not.
 */
public final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private record Started(String name, Supplier<Future<Void>> stop) {}

    private final Vertx vertx;
    private final Duration stopStepMax;
    private final ArrayDeque<Started> started = new ArrayDeque<>();

    public Lifecycle(Vertx vertx, Duration stopStepMax) {
        this.vertx = vertx;
        this.stopStepMax = stopStepMax;
    }

    /** How long each part may take to stop, as it is set, or {@code byDefaultMs}. */
    public static Duration stopStepMax(Environment env, long byDefaultMs) {
        return env.millis("DOORBUSTER_STOP_STEP_TIMEOUT_MS", byDefaultMs, 100, 60_000);
    }

    public <T> Future<T> step(String name, Supplier<Future<T>> start, Function<T, Future<Void>> stop) {
        return attempt(start)
                .onSuccess(part -> started.push(new Started(name, () -> stop.apply(part))))
                .recover(cause -> Future.failedFuture(new StartException(name, cause)));
    }

    /** A step with nothing to stop. */
    public <T> Future<T> step(String name, Supplier<Future<T>> start) {
        return step(name, start, part -> Future.succeededFuture());
    }

    /** Stops everything and completes in any case; what could not be stopped in time is logged. */
    public Future<Void> stop() {
        Started next = started.poll();
        if (next == null) {
            return Future.succeededFuture();
        }
        return stopWithinLimit(next)
                .onFailure(cause -> LOG.warn("stopping {} failed: {}", next.name(), cause.toString()))
                .transform(done -> stop());
    }

    private Future<Void> stopWithinLimit(Started part) {
        Promise<Void> outcome = Promise.promise();
        long limit = vertx.setTimer(stopStepMax.toMillis(), late -> {
            boolean unused = outcome.tryFail("not stopped within " + stopStepMax.toMillis() + " ms");
        });
        attempt(part.stop()).onComplete(done -> {
            boolean unused = vertx.cancelTimer(limit);
            unused = done.succeeded() ? outcome.tryComplete() : outcome.tryFail(done.cause());
        });
        return outcome.future();
    }

    private static <T> Future<T> attempt(Supplier<Future<T>> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
