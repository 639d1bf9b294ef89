package dev.doorbuster.order.edge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueDepthsTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The edge's reply consumer acknowledges by blocking client calls on the same context. */
    @Test
    void aBrokerThatIsSilentToOperatorsHoldsUpNothingElseOnTheEdgesContext() {
        // Given: a server that accepts connections and never responds
        NetServer silent = vertx.createNetServer()
                .connectHandler(socket -> {})
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var env = new Environment(Map.of(
                "DOORBUSTER_RABBITMQ_HOST", "127.0.0.1",
                "DOORBUSTER_RABBITMQ_PORT", Integer.toString(silent.actualPort()),
                "DOORBUSTER_RABBITMQ_USER", "u",
                "DOORBUSTER_RABBITMQ_PASSWORD", "p"));
        var depths = new QueueDepths(vertx, BrokerConfig.fromEnv(env), OperationsConfig.defaults());
        var tookMs = new AtomicLong(-1);

        // When
        vertx.runOnContext(v -> {
            depths.read().onComplete(done -> {});
            long began = System.nanoTime();
            vertx.<Void>executeBlocking(() -> null)
                    .onComplete(done -> tookMs.set((System.nanoTime() - began) / 1_000_000));
        });

        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> tookMs.get() >= 0);
        assertThat(tookMs.get()).isLessThan(1000);
    }
}
