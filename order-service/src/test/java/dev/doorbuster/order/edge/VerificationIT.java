package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verification over HTTP; the test writes the counter's value as a decider would. */
@OneEdge.Settings({
    "edge.verification.driftMax",
    "300",
    "edge.verification.recountMax",
    "300",
    "DOORBUSTER_RECONCILE_INTERVAL_MS",
    "86400000"
})
class VerificationIT extends OneEdge {
    private static final String WAIT = "Prefer: wait=20";
    private static RedisStore redis;

    @BeforeAll
    static void start() {
        redis = new RedisStore(vertx, RedisConfig.fromEnv(new Environment(servers.variables())));
    }

    @AfterAll
    static void stop() {
        await(redis.close());
    }

    @Test
    void passesWhereCounterAndLedgerAgree() {
        // Given
        SaleId sale = edge.create(sale());
        edge.order(sale, "alice", 2, WAIT);
        count(sale, 1, 98);

        // When
        Answer answer = verify(sale);

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(new JsonObject()
                        .put("saleId", sale.value())
                        .put("stock", 100)
                        .put("sold", 2)
                        .put("held", 2)
                        .put("paid", 0)
                        .put("available", 98)
                        .put("inFlight", 0)
                        .put("oversold", 0)
                        .put("duplicates", 0)
                        .put("overLimit", 0)
                        .put("drift", 0)
                        .put("missing", 0)
                        .put("missingOrders", new JsonArray())
                        .put("verdict", "PASS")
                        .put("waitsFor", null));
    }

    @Test
    void isPendingWhileAnOrderAcceptedBeforeIsNotDecided() {
        // Given
        RunningEdge other = RunningEdge.start(vertx, servers, "edge.verification.markerMax", "1000");
        SaleId sale = other.create(sale());
        count(sale, 1, 100);
        other.decider.pause();
        other.order(sale, "alice", 1);

        // When
        JsonObject proof = verify(other, sale);

        // Then
        assertThat(proof.getString("verdict")).isEqualTo("PENDING");
        assertThat(proof.getValue("inFlight")).isNull();
        other.stop();
    }

    @Test
    void aDeadLetterBlocksItsSaleOnly() {
        // Given
        RunningEdge other = RunningEdge.start(vertx, servers);
        SaleId sale = other.create(sale());
        count(sale, 1, 100);
        assertThat(verify(other, sale).getString("verdict")).isEqualTo("PASS");
        SaleId neighbour = other.create(sale());
        count(neighbour, 1, 100);
        var lost = Message.of(sale, new SaleMarker(UUID.randomUUID(), "nobody"));

        // When
        await(other.decider.publisher().publish(Route.deadLetter("stock.orders.0"), lost));
        JsonObject proof = verify(other, sale);

        // Then
        assertThat(proof.getString("verdict")).isEqualTo("PENDING");
        assertThat(proof.getValue("inFlight")).isNull();
        assertThat(proof.getJsonObject("waitsFor"))
                .isEqualTo(new JsonObject()
                        .put("kind", "dead-letters")
                        .put("detail", "dead-letters: sale.marker.v1 " + lost.id()));
        assertThat(verify(other, neighbour).getString("verdict")).isEqualTo("PASS");
        other.stop();
    }

    private static JsonObject verify(RunningEdge other, SaleId sale) {
        return other.get("/api/sales/" + sale + "/verification", "operator", "operator")
                .json();
    }

    @Test
    void isPendingWithoutACounter() {
        // Given
        SaleId sale = edge.create(sale());
        await(redis.send(Request.cmd(Command.DEL).arg(RedisKeys.counter(sale))));

        // When
        JsonObject proof = verify(sale).json();

        // Then
        assertThat(proof.getString("verdict")).isEqualTo("PENDING");
        assertThat(proof.getValue("available")).isNull();
        assertThat(proof.getValue("drift")).isNull();
    }

    @Test
    void failsOnceADriftHasOutlivedItsTimeInOneEpoch() {
        // Given
        SaleId sale = edge.create(sale());
        count(sale, 1, 97);

        // When
        JsonObject first = verify(sale).json();
        Awaitility.await().until(() -> verify(sale).json().getString("verdict").equals("FAIL"));
        count(sale, 2, 99);
        JsonObject recounted = verify(sale).json();

        // Then
        assertThat(first.getString("verdict")).isEqualTo("PENDING");
        assertThat(first.getLong("drift")).isEqualTo(3);
        assertThat(recounted.getString("verdict")).isEqualTo("PENDING");
        assertThat(recounted.getLong("drift")).isEqualTo(1);
    }

    @Test
    void knowsNoSaleThatIsNotThere() {
        assertThat(verify(new SaleId("aaaaaaaaaaaaaaaa")).slug()).isEqualTo("unknown-sale");
    }

    private static void count(SaleId sale, long epoch, long available) {
        await(redis.send(
                Request.cmd(Command.SET, RedisKeys.counter(sale), new CounterValue(epoch, available).toString())));
    }

    private static Answer verify(SaleId sale) {
        return edge.get("/api/sales/" + sale + "/verification", "operator", "operator");
    }
}
