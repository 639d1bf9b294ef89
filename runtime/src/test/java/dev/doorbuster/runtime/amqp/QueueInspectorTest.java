package dev.doorbuster.runtime.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueInspectorTest {
    private static final Duration LOOK_MAX = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private NetServer silent;
    private QueueInspector inspector;

    /** A server that accepts connections and never sends a byte. */
    @BeforeEach
    void start() {
        silent = vertx.createNetServer()
                .connectHandler(socket -> {
                    int soFar = connections.incrementAndGet();
                    socket.closeHandler(v -> closed.accumulateAndGet(soFar, Math::max));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var broker = Overrides.in(
                BrokerConfig.fromEnv(new Environment(Map.of(
                        "DOORBUSTER_RABBITMQ_HOST", "127.0.0.1",
                        "DOORBUSTER_RABBITMQ_PORT", Integer.toString(silent.actualPort()),
                        "DOORBUSTER_RABBITMQ_USER", "u",
                        "DOORBUSTER_RABBITMQ_PASSWORD", "p"))),
                "connectMax",
                "2000");
        inspector = new QueueInspector(vertx, broker, "test", LOOK_MAX, Duration.ZERO);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anUnresponsiveBrokerFailsTheCallInTimeAndOnItsContext() {
        // Given
        var told = new CopyOnWriteArrayList<Context>();
        var causes = new CopyOnWriteArrayList<Throwable>();

        // When
        loop.runOnContext(v -> inspector.look(queues -> queues.count("orders")).onFailure(cause -> {
            causes.add(cause);
            told.add(vertx.getOrCreateContext());
        }));

        // Then: the caller's limit applied, not that of the client's steps
        await().atMost(SOON).until(() -> !told.isEmpty());
        assertThat(causes.get(0)).isInstanceOf(TimeoutException.class).hasMessageContaining("200");
        assertThat(told.get(0)).isSameAs(loop);
    }

    /** Each call fails after 200 ms; closing its connection takes longer. */
    @Test
    void noInspectionStartsBeforeThePreviousOneHasEnded() {
        // Given
        var failures = new AtomicInteger();

        // When
        loop.runOnContext(v -> {
            Future<Long> all = Future.succeededFuture();
            for (int i = 0; i < 20; i++) {
                all = all.transform(before -> inspector
                        .look(queues -> queues.count("orders"))
                        .onFailure(cause -> failures.incrementAndGet()));
            }
        });

        // Then
        await().atMost(SOON).until(() -> failures.get() == 20);
        assertThat(connections).hasValueLessThan(10);
        await().atMost(SOON).until(() -> closed.get() == connections.get());
    }
}
