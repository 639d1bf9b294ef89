package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics of the whole system over HTTP. */
class OperationsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();
    private static RunningEdge edge;

    @BeforeAll
    static void start() {
        edge = RunningEdge.start(
                VERTX,
                servers,
                "stats.interval",
                "50",
                "edge.operations.freshMax",
                "20",
                "jobs.metricsInterval",
                "100");
    }

    @AfterAll
    static void stop() {
        edge.stop();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static JsonObject operations() {
        Answer answer = edge.get("/api/operations", "operator", "operator");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void isForOperatorsOnly() {
        assertThat(edge.http.send("GET", "/api/operations", null).status()).isEqualTo(401);
        assertThat(edge.get("/api/operations", "alice", "buyer").status()).isEqualTo(403);
    }

    @Test
    void countsOrdersByOutcomeWithTheirLatency() {
        // Given
        SaleId sale = edge.create(sale("stock", 2, "perBuyerLimit", 2));
        long before = operations().getJsonObject("orders").getLong("accepted", 0L);

        // When
        Answer order = edge.order(sale, "alice", 2, "Prefer: wait=20");

        // Then
        assertThat(order.status()).isEqualTo(201);
        await().atMost(SOON).until(() -> operations().getJsonObject("orders").getLong("accepted") == before + 1);
        JsonObject units = await().atMost(SOON).until(() -> stats(sale), stats -> stats.getLong("held", 0L) == 2);
        assertThat(units.getLong("stock")).isEqualTo(2);
        JsonObject told = operations();
        assertThat(told.getJsonArray("missing")).isEmpty();
        assertThat(told.getJsonObject("instances").getInteger("order-service")).isEqualTo(1);
        assertThat(told.getJsonObject("ledger").getLong("reserved")).isPositive();
        JsonObject times = told.getJsonObject("orderTimes");
        assertThat(times.getLong("count")).isPositive();
        JsonArray upTo = times.getJsonArray("upTo");
        assertThat(upTo.getJsonObject(upTo.size() - 1).getLong("count")).isEqualTo(times.getLong("count"));
        assertThat(told.getJsonObject("queues").getLong("entrance")).isNotNegative();
        assertThat(told.getJsonObject("queues").getLong("deadLetters")).isNotNegative();
    }

    private static JsonObject stats(SaleId sale) {
        return operations().getJsonArray("sales").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("saleId").equals(sale.value()))
                .findFirst()
                .orElseGet(JsonObject::new);
    }

    @Test
    void listsMissingPartsAndReturnsTheRest() {
        // Given
        servers.redis().kill();
        try {
            // Then
            await().atMost(SOON)
                    .until(() -> operations().getJsonArray("missing").contains("figures"));
            assertThat(operations().getJsonObject("queues").getLong("ledger")).isNotNegative();
        } finally {
            servers.redis().restart();
        }
        await().atMost(SOON).until(() -> operations().getJsonArray("missing").isEmpty());
        await().atMost(SOON).until(() -> operations().getJsonObject("instances").getInteger("order-service", 0) == 1);
    }
}
