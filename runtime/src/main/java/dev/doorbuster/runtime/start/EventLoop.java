package dev.doorbuster.runtime.start;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Gives a component an event loop of its own: a verticle as a unit of threading and nothing else. */
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
        Promise<T> made = Promise.promise();
        return vertx.deployVerticle(new AbstractVerticle() {
                    @Override
                    public void start(Promise<Void> started) {
                        start.get().onSuccess(made::complete).<Void>mapEmpty().onComplete(started);
                    }
                })
                .compose(id -> made.future());
    }
}
