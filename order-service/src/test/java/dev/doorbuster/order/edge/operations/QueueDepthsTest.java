package dev.doorbuster.order.edge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
        var depths = new QueueDepths(vertx, BrokerConfig.fromEnv(env));
        var completed = new CopyOnWriteArrayList<String>();

        // When
        vertx.runOnContext(v -> {
            depths.read().onComplete(done -> completed.add("depths"));
            vertx.<Void>executeBlocking(() -> null).onComplete(done -> completed.add("other call"));
        });

        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> completed.size() == 2);
        assertThat(completed).containsExactly("other call", "depths");
    }
}
