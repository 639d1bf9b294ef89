package dev.doorbuster.crowd.client;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** For threads that may block. */
public final class Futures {
    private Futures() {}

    /** Blocks until the future is complete. */
    public static <T> T await(Future<T> future, Duration max)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(max.toMillis(), TimeUnit.MILLISECONDS);
    }
}
