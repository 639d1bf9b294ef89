package dev.doorbuster.runtime.start;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Gives a component an event loop, or a worker, of its own: a verticle as a unit of threading and nothing else. */
public final class EventLoop {
    private EventLoop() {}

    /**
     * Runs {@code step} on a context and passes on what came of it, also what it threw: for what lives on a loop and is
     * called from elsewhere.
     */
    public static <T> Future<T> on(Context context, Supplier<Future<T>> step) {
        Promise<T> done = Promise.promise();
        context.runOnContext(
                v -> Future.succeededFuture().compose(begun -> step.get()).onComplete(done));
        return done.future();
    }

    /** Runs {@code start} on a new event loop context and passes on what it made; all it registers stays on that loop. */
    public static <T> Future<T> call(Vertx vertx, Supplier<Future<T>> start) {
        return call(vertx, new DeploymentOptions(), start);
    }

    /** The same on a worker's context, so that what {@code start} computes, and whatever follows, holds up no event loop. */
    public static <T> Future<T> callOnWorker(Vertx vertx, Supplier<Future<T>> start) {
        return call(vertx, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER), start);
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
