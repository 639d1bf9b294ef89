package dev.doorbuster.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void returnsTheResultOfTheStep() {
        Future<String> done = EventLoop.on(vertx.getOrCreateContext(), () -> Future.succeededFuture("made"));

        await().until(done::isComplete);

        assertThat(done.result()).isEqualTo("made");
    }

    @Test
    void returnsTheExceptionOfTheStep() {
        Future<String> done = EventLoop.on(vertx.getOrCreateContext(), () -> {
            throw new IllegalStateException("broken");
        });

        await().until(done::isComplete);

        assertThat(done.cause()).hasMessage("broken");
    }

    @Test
    void aFutureWithATimeLimitCompletesOnTheCallersContext() {
        var elsewhere = Promise.<String>promise();
        Context callers = vertx.getOrCreateContext();
        var continued = new AtomicReference<Context>();
        Future<String> done = EventLoop.on(
                callers,
                () -> EventLoop.within(vertx, Duration.ofMinutes(1), "late", elsewhere.future())
                        .onSuccess(made -> continued.set(Vertx.currentContext())));
        Future<String> begun = EventLoop.on(callers, () -> Future.succeededFuture("begun"));
        await().until(begun::isComplete);

        elsewhere.complete("made");

        await().until(done::isComplete);
        assertThat(continued.get()).isSameAs(callers);
    }

    @Test
    void aWorkerStepAndItsContinuationsRunOnNoEventLoop() {
        var threads = new CopyOnWriteArrayList<String>();

        Future<Void> done = EventLoop.callOnWorker(vertx, () -> {
            threads.add(Thread.currentThread().getName());
            return vertx.timer(1)
                    .onSuccess(v -> threads.add(Thread.currentThread().getName()))
                    .mapEmpty();
        });

        await().until(done::isComplete);
        assertThat(threads).hasSize(2).allMatch(name -> name.startsWith("vert.x-worker"));
    }
}
