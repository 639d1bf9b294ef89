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
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers of an edge while a server it depends on is down or does not respond. */
class BrokenServersIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(60);
    private static final String WAIT = "Prefer: wait=30";
    private static final int BROKER_IN_TIME_TRIES_MAX = 4;

    private final Vertx vertx = Vertx.vertx();
    private RunningEdge edge;

    @AfterEach
    void stop() {
        edge.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void start(String... settings) {
        edge = RunningEdge.start(vertx, servers, settings);
    }

    @Test
    void answersOverloadedWhileTheBrokerIsDownAndAcceptsOrdersOnceItIsBack() {
        // Given
        start();
        SaleId sale = edge.create(sale());
        servers.rabbitmq().kill();

        // When
        await().atMost(RECOVERY_MAX)
                .until(() -> edge.order(sale, "alice", 1).slug().equals("overloaded"));
        Answer away = edge.order(sale, "bob", 1, "Idempotency-Key: kept");
        servers.rabbitmq().restart();

        // Then
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("Retry-After")).isNotNull();
        assertThat(away.header("Idempotency-Key")).isEqualTo("kept");
        await().atMost(RECOVERY_MAX)
                .until(() -> edge.order(sale, "bob", 1, "Idempotency-Key: kept", "Prefer: wait=5")
                                .status()
                        == 201);
    }

    @Test
    void reportsFromTheLedgerWhileMemcachedIsDown() {
        // Given
        start();
        SaleId sale = edge.create(sale());
        servers.memcached().kill();

        // When
        Answer report = edge.get("/api/sales-report?sale=" + sale, "operator", "operator");
        Answer page = edge.http.send("GET", "/sales/" + sale, null);
        servers.memcached().restart();

        // Then
        assertThat(page.status()).isEqualTo(200);
        assertThat(report.status()).as(report.body()).isEqualTo(200);
        JsonObject line = report.json().getJsonArray("sales").getJsonObject(0);
        assertThat(line.getLong("stock")).isEqualTo(100);
        assertThat(line.getLong("views")).isNull();
    }

    @Test
    void answersOutcomeUnknownWithoutAConfirm() {
        // Given
        start("broker.confirmMax", "3000");
        SaleId sale = edge.create(sale());
        servers.rabbitmq().pause();

        // When
        Answer answer;
        try {
            answer = edge.order(sale, "alice", 1, "Idempotency-Key: who-knows");
        } finally {
            servers.rabbitmq().resume();
        }

        // Then
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.slug()).isEqualTo("outcome-unknown");
        assertThat(answer.json().getString("key")).isEqualTo("who-knows");
        assertThat(answer.json().getString("id")).isNotBlank();
        assertThat(answer.header("Retry-After")).isNotNull();
        await().atMost(RECOVERY_MAX)
                .until(() -> edge.order(sale, "alice", 1, "Idempotency-Key: who-knows", "Prefer: wait=5")
                                .status()
                        == 201);
        assertThat(edge.get("/api/orders?saleId=" + sale, "alice", "buyer")
                        .json()
                        .getJsonArray("orders"))
                .hasSize(1);
    }

    @Test
    void readsTheLedgerForAnswersLostWithTheReplyQueue() {
        start();
        var heard = new ArrayList<Integer>();
        while (heard.size() < BROKER_IN_TIME_TRIES_MAX && !heard.contains(201)) {
            heard.add(orderWhoseAnswerIsLost());
        }
        assertThat(heard).last().isEqualTo(201);
    }

    /** 202 if the broker was not back before the wait timed out, as on a slow machine. */
    private int orderWhoseAnswerIsLost() {
        SaleId sale = edge.create(sale());
        edge.decider.pause();
        var held = CompletableFuture.supplyAsync(() -> edge.order(sale, "alice", 1, WAIT));
        await().until(() -> edge.decider.seen(sale).size() == 1);
        servers.rabbitmq().kill();
        servers.rabbitmq().restart();
        edge.decider.resume();
        return held.join().status();
    }

    @Test
    void holdsOnlySoManyRequests() {
        // Given
        start("DOORBUSTER_HELD_REQUESTS_MAX", "3");
        SaleId sale = edge.create(sale());
        SaleId soldOut = edge.create(sale("stock", 1));
        assertThat(edge.order(soldOut, "winner", 1, WAIT).status()).isEqualTo(201);
        await().until(() -> edge.order(soldOut, "late", 1).slug().equals("sold-out"));
        edge.decider.pause();
        for (int i = 0; i < 3; i++) {
            String buyer = "held-" + i;
            var unused = CompletableFuture.supplyAsync(() -> edge.order(sale, buyer, 1, WAIT));
        }
        await().until(() -> edge.metrics.get("doorbuster.held.requests").gauge().value() == 3);

        double before = gateRefusals();

        // When
        Answer answer = edge.order(sale, "one-too-many", 1, WAIT);
        Answer withKey = edge.order(sale, "one-too-many", 1, WAIT, "Idempotency-Key: mine");

        // Then
        assertThat(List.of(answer, withKey)).allSatisfy(each -> {
            assertThat(each.status()).isEqualTo(503);
            assertThat(each.slug()).isEqualTo("overloaded");
            assertThat(Integer.parseInt(each.header("Retry-After"))).isPositive();
        });
        assertThat(answer.header("Idempotency-Key")).isNotBlank();
        assertThat(withKey.header("Idempotency-Key")).isEqualTo("mine");
        assertThat(gateRefusals() - before).isEqualTo(1);
        await().untilAsserted(() -> assertThat(edge.order(soldOut, "later", 1).slug())
                .as("a repeat would only add load")
                .isEqualTo("sold-out"));
        edge.decider.resume();
    }

    private double gateRefusals() {
        return edge.metrics.get("doorbuster.gate.refusals").counter().count();
    }

    @Test
    void letsAClientGoAndKeepsItsOrder() throws Exception {
        // Given
        start();
        SaleId sale = edge.create(sale());
        edge.decider.pause();
        var socket = edge.http.open();
        socket.getOutputStream()
                .write(edge.bytes(
                        sale, "{\"quantity\":1}", RunningEdge.bearer("leaver", "buyer"), RunningEdge.JSON, WAIT));
        await().until(() -> edge.decider.seen(sale).size() == 1);

        // When
        socket.close();

        // Then
        await().until(() -> edge.metrics.get("doorbuster.held.requests").gauge().value() == 0);
        edge.decider.resume();
        await().until(() -> edge.get("/api/orders?saleId=" + sale, "leaver", "buyer")
                        .json()
                        .getJsonArray("orders")
                        .size()
                == 1);
    }

    @Test
    void goesOnAcceptingWhileTheDatabaseStandsStill() {
        // Given
        start("database.answerMax", "3000", "edge.saleCache.readingMax", "3000");
        SaleId sale = edge.create(sale());
        servers.postgres().pause();

        // When
        Answer accepted;
        Answer unknown;
        Answer list;
        try {
            accepted = edge.order(sale, "alice", 1, "Idempotency-Key: meanwhile");
            unknown = edge.order(new SaleId("aaaaaaaaaaaaaaaa"), "alice", 1);
            list = edge.get("/api/orders", "alice", "buyer");
        } finally {
            servers.postgres().resume();
        }

        // Then
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.slug()).isEqualTo("overloaded");
        assertThat(list.status()).isEqualTo(503);
        await().atMost(RECOVERY_MAX)
                .until(() -> edge.order(sale, "alice", 1, "Idempotency-Key: meanwhile", "Prefer: wait=5")
                                .status()
                        == 201);
    }
}
