package dev.doorbuster.runtime.start;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs a component on its own event loop or worker context; the verticle is only a unit of threading. */
public final class EventLoop {
    private EventLoop() {}

    /** Runs {@code step} on a context and returns its outcome, exceptions included. For calls from other threads. */
    public static <T> Future<T> on(Context context, Supplier<Future<T>> step) {
        Promise<T> done = Promise.promise();
        context.runOnContext(
                v -> Future.succeededFuture().compose(begun -> step.get()).onComplete(done));
        return done.future();
    }

    /** The same outcome on the caller's context, whichever thread the future completes on; at once if it is on that context. */
    public static <T> Future<T> onCallersContext(Future<T> outcome) {
        Promise<T> passedOn = ofCallersContext();
        outcome.onComplete(passedOn);
        return passedOn.future();
    }

    /** Its future completes on the caller's context; on any thread if the caller has none. */
    private static <T> Promise<T> ofCallersContext() {
        Context caller = Vertx.currentContext();
        return caller == null ? Promise.promise() : ((ContextInternal) caller).promise();
    }

    /**
     * Runs {@code start} on a new event loop context and returns its result; everything it registers stays on that event loop.
     */
    public static <T> Future<T> call(Vertx vertx, Supplier<Future<T>> start) {
        return call(vertx, new DeploymentOptions(), start);
    }

    /** Like {@link #call}, on a worker context: {@code start} and its continuations block no event loop. */
    public static <T> Future<T> callOnWorker(Vertx vertx, Supplier<Future<T>> start) {
        return call(vertx, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER), start);
    }

    /**
     * The future's result, or a {@link TimeoutException} after {@code max}. Completes on the caller's context, which {@link
     * Future#timeout} does not where the future has no context, as that of a {@link Promise#promise()}.
     */
    public static <T> Future<T> within(Vertx vertx, Duration max, String late, Future<T> future) {
        Promise<T> outcome = ofCallersContext();
        long timer = vertx.setTimer(max.toMillis(), tick -> {
            boolean unused = outcome.tryFail(new TimeoutException(late));
        });
        future.onComplete(done -> {
            boolean unused = vertx.cancelTimer(timer);
            unused = done.succeeded() ? outcome.tryComplete(done.result()) : outcome.tryFail(done.cause());
        });
        return outcome.future();
    }

    /**
     * Runs a task when the event loop has handled what it has read; at once on any other thread. Many calls within one turn
     * of the loop may so share work: an executor for the maintenance of a cache.
     */
    public static void afterThisTurn(Runnable task) {
        Context context = Vertx.currentContext();
        if (context == null) {
            task.run();
        } else {
            context.runOnContext(v -> task.run());
        }
    }

    private static <T> Future<T> call(Vertx vertx, DeploymentOptions options, Supplier<Future<T>> start) {
        Promise<T> made = Promise.promise();
        return vertx.deployVerticle(
                        new AbstractVerticle() {
                            @Override
                            public void start(Promise<Void> started) {
                                start.get()
                                        .onSuccess(made::complete)
                                        .<Void>mapEmpty()
                                        .onComplete(started);
                            }
                        },
                        options)
                .compose(id -> made.future());
    }
}
