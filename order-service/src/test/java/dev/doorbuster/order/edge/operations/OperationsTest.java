package dev.doorbuster.order.edge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.order.edge.operations.Operations.OperationsConfig;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.stats.InstanceStats;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final int NOBODY_LISTENS_HERE = 1;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private JsonObject read(List<InstanceStats> stats) {
        var env = new Environment(Map.of(
                "DOORBUSTER_RABBITMQ_HOST",
                "127.0.0.1",
                "DOORBUSTER_RABBITMQ_PORT",
                Integer.toString(NOBODY_LISTENS_HERE),
                "DOORBUSTER_RABBITMQ_USER",
                "u",
                "DOORBUSTER_RABBITMQ_PASSWORD",
                "p"));
        var operations = new Operations(
                vertx, OperationsConfig.defaults(), () -> Future.succeededFuture(stats), BrokerConfig.fromEnv(env));
        return operations.current().toCompletionStage().toCompletableFuture().join();
    }

    /** With no instance's metrics, because Redis was emptied or none writes any, an empty sum is unknown, not zero. */
    @Test
    void aBoardWithNothingOnItIsMissing() {
        assertThat(read(List.of()).getJsonArray("missing")).containsExactly("figures", "queues");
    }

    @Test
    void aBoardWithAnInstanceOnItIsThere() {
        var instance = new InstanceStats("order-service-1", "order-service", Map.of(), Optional.empty());

        assertThat(read(List.of(instance)).getJsonArray("missing")).containsExactly("queues");
    }
}
