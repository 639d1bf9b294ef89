package dev.doorbuster.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Waits for results of store calls. */
final class Calls {
    private Calls() {}

    @CanIgnoreReturnValue
    static <T> T answer(Future<T> call) {
        return call.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    static void assertUnavailable(Future<?> call) {
        Throwable failure = answer(call.map((Throwable) null).otherwise(cause -> cause));
        assertThat(failure).isInstanceOf(StoreUnavailableException.class);
    }
}
