package dev.doorbuster.counter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures on the test's thread. */
public final class Futures {
    private static final long WAIT_MAX_SECONDS = 60;

    private Futures() {}

    @CanIgnoreReturnValue
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(WAIT_MAX_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("not completed within " + WAIT_MAX_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The failure's cause. */
    @CanIgnoreReturnValue
    public static <E extends Throwable> E awaitFailure(Class<E> type, Future<?> future) {
        Throwable cause = await(future.map((Throwable) null).otherwise(failure -> failure));
        assertThat(cause).isInstanceOf(type);
        return type.cast(cause);
    }
}
