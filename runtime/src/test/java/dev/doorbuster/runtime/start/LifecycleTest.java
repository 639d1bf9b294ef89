package dev.doorbuster.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.runtime.start.Lifecycle.StartException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> stopped = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void stopsInReverseOrder() {
        var lifecycle = new Lifecycle(vertx, LONG);
        Future<String> started = part(lifecycle, "first").compose(v -> part(lifecycle, "second"));
        assertThat(started.result()).isEqualTo("second");

        Future<Void> stop = lifecycle.stop();

        assertThat(stop.succeeded()).isTrue();
        assertThat(stopped).containsExactly("second", "first");
    }

    @Test
    void namesTheFailedStepAndStopsOnlyWhatHadStarted() {
        // Given
        var lifecycle = new Lifecycle(vertx, LONG);
        Future<Object> failed = part(lifecycle, "first")
                .compose(v -> lifecycle.step("database", () -> Future.failedFuture("connection refused")));

        // When
        Future<Void> stop = lifecycle.stop();

        // Then
        assertThat(failed.cause())
                .isInstanceOf(StartException.class)
                .hasMessage("cannot start database: connection refused");
        assertThat(stop.succeeded()).isTrue();
        assertThat(stopped).containsExactly("first");
    }

    @Test
    void aStepThatThrowsHasFailed() {
        var lifecycle = new Lifecycle(vertx, LONG);

        Future<Object> failed = lifecycle.step("server", () -> {
            throw new IllegalArgumentException("port out of range: 70000");
        });

        assertThat(failed.cause())
                .isInstanceOf(StartException.class)
                .hasMessage("cannot start server: port out of range: 70000");
    }

    @Test
    void aPartThatFailsToStopDoesNotPreventOthers() {
        var lifecycle = new Lifecycle(vertx, LONG);
        Future<String> unused = part(lifecycle, "first")
                .compose(v -> lifecycle.step(
                        "failing", () -> Future.succeededFuture("failing"), p -> Future.failedFuture("stuck")))
                .compose(v -> lifecycle.step("throwing", () -> Future.succeededFuture("throwing"), p -> {
                    throw new IllegalStateException("a bug");
                }));

        Future<Void> stop = lifecycle.stop();

        await().until(stop::succeeded);
        assertThat(stopped).containsExactly("first");
    }

    @Test
    void aPartThatDoesNotStopIsAbandonedAfterItsLimit() {
        var lifecycle = new Lifecycle(vertx, Duration.ofMillis(20));
        Promise<Void> never = Promise.promise();
        Future<String> unused = part(lifecycle, "first")
                .compose(v -> lifecycle.step("hanging", () -> Future.succeededFuture("hanging"), p -> never.future()));

        Future<Void> stop = lifecycle.stop();

        await().until(stop::succeeded);
        assertThat(stopped).containsExactly("first");
    }

    @Test
    void namesTheStepThatExceedsItsLimit() {
        var lifecycle = new Lifecycle(vertx, LONG, Duration.ofMillis(20));

        Future<Object> late =
                lifecycle.step("the schema", () -> Promise.promise().future());

        await().until(late::failed);
        assertThat(late.cause())
                .isInstanceOf(StartException.class)
                .hasMessage("cannot start the schema: not completed within 20 ms");
    }

    @Test
    void stepsThatCompleteInTimeAreNotLimitedInTotal() {
        // Given steps that together take longer than the limit of one
        Duration limit = Duration.ofMillis(400);
        var lifecycle = new Lifecycle(vertx, LONG, limit);
        Future<String> all = Future.succeededFuture();

        // When
        for (int step = 0; step < 20; step++) {
            all = all.compose(v -> lifecycle.step(
                    "step", () -> vertx.timer(limit.toMillis() / 10).map("done")));
        }

        // Then
        await().until(all::succeeded);
    }

    @Test
    void aPartThatStartsAfterAStopIsStoppedAtOnce() {
        // Given a step that runs concurrently with a failing one
        var lifecycle = new Lifecycle(vertx, LONG);
        Promise<String> slow = Promise.promise();
        Future<String> started = lifecycle.step("slow", slow::future, part -> {
            stopped.add(part);
            return Future.succeededFuture();
        });
        Future<Void> stop = lifecycle.stop();

        // When
        slow.complete("slow");

        // Then
        assertThat(stop.succeeded()).isTrue();
        assertThat(started.cause()).hasMessage("cannot start slow: the service is stopping");
        assertThat(stopped).containsExactly("slow");
    }

    @Test
    void noStepBeginsAfterAStop() {
        var lifecycle = new Lifecycle(vertx, LONG);
        Future<Void> stop = lifecycle.stop();

        Future<String> begun = part(lifecycle, "late");

        assertThat(stop.succeeded()).isTrue();
        assertThat(begun.cause()).hasMessage("cannot start late: the service is stopping");
        assertThat(stopped).isEmpty();
    }

    private Future<String> part(Lifecycle lifecycle, String name) {
        return lifecycle.step(name, () -> Future.succeededFuture(name), part -> {
            stopped.add(part);
            return Future.succeededFuture();
        });
    }
}
