package dev.doorbuster.runtime.start;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a service in named steps and stops the parts in reverse order. Each stop is limited by {@code stopStepMax}; a failed
 * one does not prevent the next. Steps may run concurrently, on any thread.
 *
 * <p>A start is also the recovery of a killed service and is slow on a busy machine. A limit over all steps would abort a start
 * that makes progress, so each step has its own limit, and the error names the step that exceeded it.
 */
public final class Lifecycle {
    /** Limit of one step; exceeding it fails the start. */
    public static final Duration START_STEP_MAX = Duration.ofSeconds(100);

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private record Started(String name, Supplier<Future<Void>> stop) {}

    private final Vertx vertx;
    private final Duration stopStepMax;
    private final Duration startStepMax;
    private final ArrayDeque<Started> started = new ArrayDeque<>();
    private boolean stopping;

    public Lifecycle(Vertx vertx, Duration stopStepMax) {
        this(vertx, stopStepMax, START_STEP_MAX);
    }

    Lifecycle(Vertx vertx, Duration stopStepMax, Duration startStepMax) {
        this.vertx = vertx;
        this.stopStepMax = stopStepMax;
        this.startStepMax = startStepMax;
    }

    /** Fails with a {@link StartException}. A part that starts after {@link #stop()} was called is stopped at once. */
    public <T> Future<T> step(String name, Supplier<Future<T>> start, Function<T, Future<Void>> stop) {
        long began = System.nanoTime();
        Future<T> kept = isStopping()
                ? Future.failedFuture("the service is stopping")
                : attempt(start).compose(part -> keep(new Started(name, () -> stop.apply(part)), part));
        return EventLoop.within(vertx, startStepMax, "not completed within " + startStepMax.toMillis() + " ms", kept)
                .onSuccess(part -> LOG.debug("started {} in {} ms", name, (System.nanoTime() - began) / 1_000_000))
                .recover(cause -> Future.failedFuture(new StartException(name, cause)));
    }

    /** A step with nothing to stop. */
    public <T> Future<T> step(String name, Supplier<Future<T>> start) {
        return step(name, start, part -> Future.succeededFuture());
    }

    /** Stops all parts and always completes; failures and timeouts are logged. */
    public Future<Void> stop() {
        Started next = last();
        return next == null ? Future.succeededFuture() : stop(next).transform(done -> stop());
    }

    private Future<Void> stop(Started part) {
        return EventLoop.within(
                        vertx,
                        stopStepMax,
                        "not stopped within " + stopStepMax.toMillis() + " ms",
                        attempt(part.stop()))
                .onFailure(cause -> LOG.warn("cannot stop {}: {}", part.name(), cause.toString()));
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized Started last() {
        stopping = true;
        return started.poll();
    }

    private <T> Future<T> keep(Started part, T result) {
        synchronized (this) {
            if (!stopping) {
                started.push(part);
                return Future.succeededFuture(result);
            }
        }
        return stop(part).transform(done -> Future.failedFuture("the service is stopping"));
    }

    private static <T> Future<T> attempt(Supplier<Future<T>> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** A step of a service's start failed; the message is one line with step and cause. */
    static final class StartException extends RuntimeException {
        public StartException(String step, Throwable cause) {
            super("cannot start " + step + ": " + why(cause), cause);
        }

        /** One line: the message, or the class name if there is none. */
        static String why(Throwable cause) {
            return cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
    }
}
