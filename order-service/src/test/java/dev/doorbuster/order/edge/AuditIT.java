package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.edge.RawHttp.Answer;
import dev.doorbuster.order.edge.http.ApiDocument;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What operators do is recorded. */
class AuditIT extends OneEdge {
    private static final String IDS = "{\"ids\":[\"none\"]}";
    private static final String UNKNOWN_ORDER = "00000000-0000-4000-8000-000000000018";
    private static final Pattern NEXT = Pattern.compile("<(.*)>; rel=\"next\"");

    /** A body for each operation that takes one. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("createSale", sale("draft", true).encode()),
            Map.entry(
                    "importSales",
                    new JsonObject()
                            .put("sales", new JsonArray().add(sale("draft", true)))
                            .encode()),
            Map.entry("pseudonymiseBuyer", "{\"buyer\":\"unknown buyer\"}"),
            Map.entry("createKey", "{\"name\":\"till\",\"scopes\":[\"sales:read\"]}"),
            Map.entry("postponeSales", "{\"by\":\"PT1S\"}"),
            Map.entry("editSale", "{\"stock\":7}"),
            Map.entry("changePresentation", "{\"description\":\"a lamp\"}"),
            Map.entry("addSaleNote", "{\"note\":\"a note\"}"),
            Map.entry("addOrderNote", "{\"note\":\"a note\"}"),
            Map.entry("replayDeadLetters", IDS),
            Map.entry("discardDeadLetters", IDS),
            Map.entry("markRefunded", "{\"orderId\":\"" + UNKNOWN_ORDER + "\",\"reference\":\"none\"}"));

    @Test
    void recordsEveryRequestByWhichAnOperatorMayChangeSomething() throws IOException {
        // Given
        List<Operation> changing = changing();
        assertThat(changing).hasSizeGreaterThanOrEqualTo(10);

        for (Operation each : changing) {
            // When
            String operation = each.getOperationId();
            String path = each.getAbsoluteOpenAPIPath()
                    .replace("{saleId}", "aaaaaaaaaaaaaaaa")
                    .replace("{orderId}", UNKNOWN_ORDER)
                    .replace("{keyId}", "aaaaaaaaaaaaaaaa")
                    .replace("{queue}", "unrouted");
            Answer answer = edge.http.send(
                    each.getHttpMethod().name(), path, BODIES.get(operation), bearer("olga", "operator"), JSON);

            // Then
            assertThat(answer.status()).as(operation + answer.body()).isNotIn(400, 401, 403, 415, 500);
            await().untilAsserted(() -> assertThat(entries("/api/audit")).anySatisfy(entry -> {
                assertThat(entry.getString("operation")).isEqualTo(operation);
                assertThat(entry.getString("operator")).isEqualTo("olga");
                assertThat(entry.getInteger("status")).isEqualTo(answer.status());
            }));
            for (String language : List.of("en", "zh")) {
                assertThat(Files.readString(Path.of("src/main/resources/web/console/words/" + language + ".js")))
                        .contains(" did_" + operation + ": ", " did_openSession: ");
            }
        }
    }

    private static List<Operation> changing() {
        Vertx vertx = Vertx.vertx();
        try {
            return TestDatabase.await(ApiDocument.load(vertx)).contract().operations().stream()
                    .filter(each -> !each.getHttpMethod().name().equals("GET"))
                    .filter(each -> each.getExtensions().get("x-roles") instanceof JsonArray roles
                            && roles.contains("operator"))
                    .toList();
        } finally {
            TestDatabase.await(vertx.close());
        }
    }

    @Test
    void recordsOperatorsLogInsAndRefusedOnes() {
        // When
        logIn("olivia", "guess");
        logIn("operator", "guess");
        logIn("operator", RunningEdge.PASSWORD);
        logIn("a buyer", null);

        // Then
        await().untilAsserted(() -> assertThat(entries("/api/audit").stream()
                        .filter(entry -> entry.getString("operation").equals("openSession")))
                .extracting(
                        entry -> entry.getString("operator"),
                        entry -> entry.getInteger("status"),
                        entry -> entry.getString("request"))
                .containsExactlyInAnyOrder(
                        tuple("operator", 201, "{\"address\":\"127.0.0.1\"}"),
                        tuple("operator", 401, "{\"address\":\"127.0.0.1\"}"),
                        tuple("olivia", 401, "{\"address\":\"127.0.0.1\"}")));
    }

    private static void logIn(String name, String password) {
        var body = new JsonObject().put("name", name);
        if (password != null) {
            body.put("password", password);
        }
        Answer unused = edge.http.send("POST", "/api/sessions", body.encode(), JSON);
    }

    @Test
    void recordsWhatBecameOfASale() {
        // Given
        SaleId id = edge.create(sale());
        String path = "/api/sales/" + id;

        // When
        edge.http.send("PATCH", path, "{\"stock\":55}", operator(), JSON);
        edge.http.send("DELETE", path, null, operator());
        edge.http.send("PATCH", path, "{\"stock\":56}", operator(), JSON);

        // Then
        await().untilAsserted(() -> assertThat(entries("/api/audit?saleId=" + id))
                .extracting(
                        entry -> entry.getString("operation"),
                        entry -> entry.getInteger("status"),
                        entry -> entry.getString("saleId"))
                .containsExactly(
                        tuple("editSale", 409, id.value()),
                        tuple("endSale", 200, id.value()),
                        tuple("editSale", 200, id.value()),
                        tuple("createSale", 201, id.value())));
        List<JsonObject> entries = entries("/api/audit?saleId=" + id);
        assertThat(entries.get(2).getString("request")).isEqualTo("{\"stock\":55}");
        assertThat(new JsonObject(entries.get(3).getString("request")).getString("title"))
                .isEqualTo("One hundred lamps");
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.getString("operator")).isEqualTo("operator"));
    }

    @Test
    void showsAnActionWithoutAnOutcomeAndGoesOnPageByPage() {
        // Given: 120 ended actions, and one whose process died
        Pool pool = edge.database.ownersPool();
        String sale = "pagesofthetrailx";
        TestDatabase.await(pool.query("INSERT INTO audit (action, operator, operation, sale_id, request) VALUES"
                        + " (gen_random_uuid(), 'olga', 'endSale', '" + sale + "', '{}')")
                .execute());
        TestDatabase.await(pool.query("INSERT INTO audit (action, operator, operation, sale_id, request, status)"
                        + " SELECT md5((n / 2)::text)::uuid, 'olga', 'editSale', '" + sale + "', n::text,"
                        + " CASE WHEN n % 2 = 1 THEN 200 END FROM generate_series(0, 239) AS n")
                .execute());
        TestDatabase.await(pool.close());

        // When
        Answer first = edge.http.send("GET", "/api/audit?saleId=" + sale, null, operator());
        Matcher next = NEXT.matcher(first.header("Link"));
        assertThat(next.matches()).isTrue();
        Answer second = edge.http.send("GET", next.group(1), null, operator());

        // Then
        var all = new ArrayList<JsonObject>(entries(first));
        all.addAll(entries(second));
        assertThat(second.header("Link")).isNull();
        assertThat(all).hasSize(121);
        assertThat(all.subList(0, 120))
                .allSatisfy(entry -> assertThat(entry.getInteger("status")).isEqualTo(200));
        assertThat(all.get(120).getString("operation")).isEqualTo("endSale");
        assertThat(all.get(120).getInteger("status")).isNull();
    }

    @Test
    void carriesOutNothingThatItCannotRecord() {
        // Given
        SaleId id = edge.create(sale());
        Pool pool = edge.database.ownersPool();
        TestDatabase.await(
                pool.query("ALTER TABLE audit RENAME TO audit_elsewhere").execute());

        // When
        Answer ended = edge.http.send("DELETE", "/api/sales/" + id, null, operator());

        // Then
        TestDatabase.await(
                pool.query("ALTER TABLE audit_elsewhere RENAME TO audit").execute());
        TestDatabase.await(pool.close());
        assertThat(ended.status()).isEqualTo(503);
        assertThat(edge.http.send("GET", "/api/sales/" + id, null).json().getString("state"))
                .isEqualTo("OPEN");
    }

    @Test
    void isForOperators() {
        assertThat(edge.get("/api/audit", "alice", "buyer").status()).isEqualTo(403);
        assertThat(edge.get("/api/audit?after=1", "olga", "operator").status()).isEqualTo(400);
    }

    private static List<JsonObject> entries(String path) {
        return entries(edge.http.send("GET", path, null, operator()));
    }

    private static List<JsonObject> entries(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
