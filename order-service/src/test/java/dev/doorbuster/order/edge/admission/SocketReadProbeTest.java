package dev.doorbuster.order.edge.admission;

import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketReadProbeTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void readsItsByteOnTheSameEventLoop() {
        // Given
        var probe = new SocketReadProbe(vertx);
        await(onLoop(probe::start));

        // When
        for (int i = 0; i < 3; i++) {
            Thread read = await(onLoop(() -> {
                Promise<Thread> promise = Promise.promise();
                assertThat(probe.send(() -> promise.complete(Thread.currentThread())))
                        .isTrue();
                return promise.future();
            }));

            // Then
            assertThat(read).isSameAs(await(onLoop(() -> Future.succeededFuture(Thread.currentThread()))));
        }
    }

    @Test
    void sendsNothingBeforeItsStartAndAfterItsStop() {
        // Given
        var probe = new SocketReadProbe(vertx);
        boolean before = await(onLoop(() -> Future.succeededFuture(probe.send(() -> {}))));
        await(onLoop(probe::start));

        // When
        await(onLoop(probe::stop));

        // Then
        assertThat(before).isFalse();
        assertThat(await(onLoop(() -> Future.succeededFuture(probe.send(() -> {})))))
                .isFalse();
    }

    @Test
    void releasesAProbeWhoseConnectionIsLost() {
        // Given
        var probe = new SocketReadProbe(vertx);
        await(onLoop(probe::start));
        Promise<Void> released = Promise.promise();
        await(onLoop(() -> {
            assertThat(probe.send(released::tryComplete)).isTrue();
            return Future.succeededFuture();
        }));

        // When
        await(onLoop(probe::stop));

        // Then
        await(released.future());
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> task) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(run -> task.get().onComplete(promise));
        return promise.future();
    }
}
