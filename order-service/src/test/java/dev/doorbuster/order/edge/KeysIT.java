package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.order.OrderConfig;
import dev.doorbuster.order.OrderService;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Programs use the API by keys. */
class KeysIT extends OneEdge {
    private static final String WAIT = "Prefer: wait=20";

    @Test
    void opensToAKeyWhatItsScopesAllow() {
        // Given
        String reader = bearer(key("reader", "sales:read", "orders:read"));
        SaleId sale = edge.create(sale());

        // Then
        assertThat(send("GET", "/api/drafts", null, reader).status()).isEqualTo(200);
        assertThat(send("GET", "/api/sales/" + sale + "/orders", null, reader).status())
                .isEqualTo(200);
        assertThat(send("GET", "/api/sales", null, reader).status()).isEqualTo(200);
        Answer refused = send("DELETE", "/api/sales/" + sale, null, reader);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().getString("detail")).isEqualTo("This needs a key with the scope sales:write.");
        assertThat(send("GET", "/api/keys", null, reader).json().getString("detail"))
                .isEqualTo("Keys cannot be used for this.");
        assertThat(send("POST", "/api/sales/" + sale + "/orders", "{\"quantity\":1}", reader)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void letsAKeyReportPayments() {
        // Given
        SaleId sale = edge.create(sale());
        String order = edge.order(sale, "alice", 1, WAIT).json().getString("id");
        String other = edge.order(sale, "bob", 1, WAIT).json().getString("id");
        String till = bearer(key("till", "payments:write"));
        String reader = bearer(key("reader", "orders:read"));

        // Then
        assertThat(edge.pay(order, "by-key", WAIT, reader).status()).isEqualTo(403);
        assertThat(event(other, reader).status()).isEqualTo(403);
        assertThat(edge.pay(order, "by-key", WAIT, till).json().getString("status"))
                .isEqualTo("PAID");
        assertThat(event(other, till).json().getString("status")).isEqualTo("PAID");
    }

    private static Answer event(String order, String key) {
        var object = new JsonObject().put("id", "pi-1").put("metadata", new JsonObject().put("order", order));
        var event = new JsonObject()
                .put("id", "evt-1")
                .put("type", "payment_intent.succeeded")
                .put("data", new JsonObject().put("object", object));
        return send("POST", "/api/payment-events", event.encode(), key, WAIT);
    }

    @Test
    void rotatesAKeyWithoutAGap() {
        // Given
        JsonObject first = create("robot", "audit:read");
        JsonObject second = create("robot", "audit:read");
        String path = "/api/audit";
        assertThat(send("GET", path, null, bearer(first.getString("key"))).status())
                .isEqualTo(200);
        assertThat(send("GET", path, null, bearer(second.getString("key"))).status())
                .isEqualTo(200);

        // When
        Answer revoked = send("DELETE", "/api/keys/" + first.getString("id"), null, operator());

        // Then
        assertThat(revoked.status()).isEqualTo(204);
        Answer refused = send("GET", path, null, bearer(first.getString("key")));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().getString("detail"))
                .isEqualTo("The key is not valid: it is unknown, expired or revoked.");
        assertThat(send("GET", path, null, bearer(second.getString("key"))).status())
                .isEqualTo(200);
        assertThat(send("DELETE", "/api/keys/" + first.getString("id"), null, operator())
                        .status())
                .isEqualTo(204);
        assertThat(send("DELETE", "/api/keys/aaaaaaaaaaaaaaaa", null, operator())
                        .slug())
                .isEqualTo("not-found");
        Answer list = send("GET", "/api/keys", null, operator());
        assertThat(list.body()).doesNotContain("dbk_");
        assertThat(list.json().getJsonArray("keys"))
                .anySatisfy(key -> {
                    assertThat(((JsonObject) key).getString("id")).isEqualTo(first.getString("id"));
                    assertThat(((JsonObject) key).getString("revokedBy")).isEqualTo("operator");
                })
                .anySatisfy(key -> {
                    assertThat(((JsonObject) key).getString("id")).isEqualTo(second.getString("id"));
                    assertThat(((JsonObject) key).getString("revokedAt")).isNull();
                });
    }

    @Test
    void acceptsAKeyAtAnotherProcessAndKeepsNoSecret() {
        // Given
        String key = key("other", "audit:read");
        Vertx vertx = Vertx.vertx();
        OrderService another = await(OrderService.start(
                vertx,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Overrides.in(OrderConfig.fromEnv(edge.environment), edge.environment)));

        // When
        Answer answer = new RawHttp(another.port()).send("GET", "/api/audit", null, bearer(key));

        // Then
        assertThat(answer.status()).isEqualTo(200);
        await(another.stop());
        await(vertx.close());
        Pool pool = edge.database.pool();
        String rows = await(pool.query("SELECT string_agg(api_keys::text, ' ') AS rows FROM api_keys")
                        .execute())
                .iterator()
                .next()
                .getString("rows");
        await(pool.close());
        assertThat(rows).contains("other").doesNotContain(key.split("_", 3)[2]);
    }

    @Test
    void recordsWhatWasDoneByAKey() {
        // Given
        JsonObject key = create("editor", "sales:write");
        SaleId sale = edge.create(sale());

        // When
        Answer edited = send("PATCH", "/api/sales/" + sale, "{\"stock\":7}", bearer(key.getString("key")));

        // Then
        assertThat(edited.status()).as(edited.body()).isEqualTo(200);
        Awaitility.await()
                .untilAsserted(() -> assertThat(send("GET", "/api/audit?saleId=" + sale, null, operator())
                                .body())
                        .contains("\"operator\":\"editor#" + key.getString("id").substring(0, 4) + "\""));
    }

    @Test
    void createsNoKeyThatCannotBeUsed() {
        for (JsonObject wrong : List.of(
                body("", "sales:read"),
                body("x"),
                body("x", "everything"),
                body("x", "sales:read", "sales:read"),
                body("x", "sales:read").put("expiresAt", Instant.now().toString()))) {
            assertThat(send("POST", "/api/keys", wrong.encode(), operator()).status())
                    .as(wrong.encode())
                    .isEqualTo(400);
        }
        for (String key : List.of("dbk_", "dbk_aaaaaaaaaaaaaaaa_" + "A".repeat(43), "dbk_x_y")) {
            assertThat(send("GET", "/api/audit", null, bearer(key)).status()).isEqualTo(401);
            assertThat(send("GET", "/api/sales", null, bearer(key)).status()).isEqualTo(401);
        }
    }

    private static Answer send(String method, String path, String body, String... headers) {
        return edge.http.send(method, path, body, RunningEdge.with(headers, JSON));
    }

    private static String bearer(String key) {
        return "Authorization: Bearer " + key;
    }

    private static JsonObject body(String name, String... scopes) {
        return new JsonObject().put("name", name).put("scopes", new JsonArray(List.of(scopes)));
    }

    private static JsonObject create(String name, String... scopes) {
        Answer created = send("POST", "/api/keys", body(name, scopes).encode(), operator());
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json();
    }

    private static String key(String name, String... scopes) {
        return create(name, scopes).getString("key");
    }
}
