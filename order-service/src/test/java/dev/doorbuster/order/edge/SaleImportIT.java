package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator makes several sales at once over HTTP. */
class SaleImportIT extends OneEdge {
    private static final int ROWS_MAX = 100;

    @Test
    void makesAllSalesInTheOrderOfTheRows() {
        // Given: every tenth opens at once
        var rows = new JsonArray();
        for (int row = 0; row < ROWS_MAX; row++) {
            rows.add(sale("title", "Row " + row, "opensAt", row % 10 == 0 ? null : "2031-01-31T18:00:00Z"));
        }

        // When
        Answer answer = post(rows, operator());

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        List<JsonObject> made = answer.json().getJsonArray("sales").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(made).hasSize(ROWS_MAX);
        for (int row = 0; row < ROWS_MAX; row++) {
            JsonObject sale = made.get(row);
            assertThat(sale.getString("title")).isEqualTo("Row " + row);
            assertThat(sale.getString("state")).isEqualTo(row % 10 == 0 ? "OPEN" : "SCHEDULED");
            assertThat(edge.http
                            .send("GET", "/api/sales/" + sale.getString("saleId"), null)
                            .json())
                    .isEqualTo(sale);
        }
    }

    @Test
    void makesNoSaleWhereOneCannotBeAndNamesTheRows() {
        // Given
        var unreadable = sale("stock", 0, "colour", "red");
        unreadable.remove("title");
        long before = sales();

        // When
        Answer byDocument = post(new JsonArray().add(sale()).add(unreadable).add(sale("counter", "etcd")), operator());
        Answer byDay = post(
                new JsonArray().add(sale("closesAt", "2031-02-30T00:00:00Z")).add(sale()), operator());
        Answer byCurrency = post(new JsonArray().add(sale()).add(sale("currency", "ZZZ")), operator());
        Answer byTimes = post(
                new JsonArray()
                        .add(sale())
                        .add(sale("closesAt", "2001-01-01T00:00:00Z"))
                        .add(sale("opensAt", "2199-01-01T00:00:00Z")),
                operator());

        // Then
        assertThat(byDocument.status()).isEqualTo(400);
        assertThat(byDocument.json().getJsonArray("errors"))
                .containsExactlyInAnyOrder(
                        "row 2: \"title\" is missing",
                        "row 2: unknown field \"colour\"",
                        "row 2: \"stock\" must be a whole number from 1 to 100000000",
                        "row 3: \"counter\" must be \"redis\" or \"memcached\"");
        assertThat(byDay.status()).isEqualTo(400);
        assertThat(byDay.json().getJsonArray("errors").getString(0)).startsWith("row 1: \"closesAt\"");
        assertThat(byCurrency.status()).isEqualTo(400);
        assertThat(byCurrency.json().getJsonArray("errors").getString(0))
                .startsWith("row 2: \"currency\": must be a currency of ISO 4217, such as EUR");
        assertThat(byTimes.status()).isEqualTo(400);
        assertThat(byTimes.json().getJsonArray("errors"))
                .satisfiesExactly(
                        second -> assertThat((String) second).startsWith("row 2: \"closesAt\""),
                        third -> assertThat((String) third).startsWith("row 3: \"opensAt\""));
        assertThat(sales()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"sales\":[]}", "{\"sales\":[7]}", "{\"sales\":{}}", "{\"sales\":[[]]}"})
    void refusesWhatIsNoListOfSales(String body) {
        Answer answer = edge.http.send("POST", "/api/sales/import", body, operator(), JSON);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors")).containsExactly("\"sales\" must be a list of 1 to 100 sales");
    }

    @Test
    void refusesMoreRowsThanItTakes() {
        var rows = new JsonArray();
        for (int row = 0; row <= ROWS_MAX; row++) {
            rows.add(sale());
        }

        assertThat(post(rows, operator()).json().getJsonArray("errors"))
                .containsExactly("\"sales\" must be a list of 1 to 100 sales");
    }

    @Test
    void isForOperatorsOnly() {
        var rows = new JsonArray().add(sale());

        assertThat(post(rows, "X-None: none").status()).isEqualTo(401);
        assertThat(post(rows, bearer("alice", "buyer")).status()).isEqualTo(403);
    }

    private static long sales() {
        var pool = edge.database.pool();
        long count = await(pool.query("SELECT count(*) AS count FROM sales").execute())
                .iterator()
                .next()
                .getLong("count");
        await(pool.close());
        return count;
    }

    private static Answer post(JsonArray rows, String authorization) {
        String body = new JsonObject().put("sales", rows).encode();
        return edge.http.send("POST", "/api/sales/import", body, authorization, JSON);
    }
}
