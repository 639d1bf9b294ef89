package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator's list and export of a sale's orders over HTTP. */
class SaleOrdersIT extends OneEdge {
    private static final int ORDERS = 450;

    /** A minute apart, the last one placed at 18:00; every third CANCELLED; ten buyers. */
    private static final String NEW_ORDERS = """
            INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted, counted,
                                per_buyer_limit, status, total_cents, placed_at, decided_at, hold_expires_at)
            SELECT md5('%1$s' || n)::uuid, '%1$s', '=buyer & ' || n %% 10, 1, 'key-' || n, md5(n::text)::uuid, true, true,
                   100, CASE WHEN n %% 3 = 0 THEN 'CANCELLED' ELSE 'RESERVED' END, 1999,
                   timestamptz '2026-01-31 18:00:00Z' - (n - 1) * interval '1 min', now(), now() + interval '1 hour'
            FROM generate_series(1, %2$d) AS n""";

    private static SaleId sale;

    @BeforeAll
    static void makeOrders() {
        sale = edge.create(sale());
        Pool owners = edge.database.ownersPool();
        await(owners.query(NEW_ORDERS.formatted(sale, ORDERS)).execute());
        await(owners.query(NEW_ORDERS.formatted(edge.create(sale()), ORDERS)).execute());
        await(owners.close());
    }

    @Test
    void listsEveryOrderOfTheSaleOnSomePage() {
        // When
        List<JsonObject> listed = walk("");

        // Then
        assertThat(listed)
                .extracting(each -> each.getString("id"))
                .hasSize(ORDERS)
                .doesNotHaveDuplicates();
        assertThat(listed).extracting(each -> each.getString("saleId")).containsOnly(sale.value());
        assertThat(listed)
                .extracting(each -> Instant.parse(each.getString("placedAt")))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?status=RESERVED                                                        | 300
            ?status=PAID                                                            | 0
            ?buyer=%3Dbuyer%20%26%203                                               | 45
            ?buyer=%3Dbuyer%20%26%203&status=CANCELLED                              | 15
            ?placedTo=2026-01-31T18:00:00Z                                          | 449
            ?placedFrom=2026-01-31T18:00:00Z                                        | 1
            ?placedFrom=2026-01-31T13:00:00Z&placedTo=2026-01-31T18:01:00Z&status=RESERVED | 201
            ?buyer=another                                                          | 0
            """)
    void filters(String query, int orders) {
        assertThat(walk(query)).hasSize(orders);
        assertThat(export("jsonl", query).lines()).hasSize(orders);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?status=PENDING                  | query "status" must be "RESERVED" or "PAID" or "CANCELLED" or "EXPIRED" or "REJECTED" or "REFUND_DUE"
            ?buyer=                          | query "buyer" must be a text of 1 to 64 printable characters, at least one of them visible
            ?placedFrom=yesterday            | query "placedFrom" must be a time such as 2030-01-31T18:00:00Z
            ?after=7                         | query "after" must be as in a Link header
            """)
    void refusesAnInvalidFilter(String query, String error) {
        Answer answer = get("/orders" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors")).containsExactly(error);
    }

    @Test
    void exportsTheListedOrdersAsCsv() {
        // When
        List<String> lines = export("csv", "").lines().toList();

        // Then
        assertThat(lines.get(0)).isEqualTo("id,saleId,buyer,quantity,status,reason,totalCents,placedAt,holdExpiresAt");
        assertThat(lines).hasSize(ORDERS + 1);
        assertThat(lines.subList(1, lines.size()))
                .extracting(line -> line.substring(0, 36))
                .isEqualTo(walk("").stream().map(each -> each.getString("id")).toList());
        assertThat(lines.get(1)).contains(",\"'=buyer & 1\",1,RESERVED,,1999,2026-01-31T18:00:00Z,");
    }

    @Test
    void exportsTheListedOrdersAsJsonLines() {
        assertThat(export("jsonl", "").lines().map(JsonObject::new)).isEqualTo(walk(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?format=xlsx"})
    void exportsNoOtherFormat(String query) {
        assertThat(get("/orders/export" + query).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/orders/export?format=csv"})
    void isForOperatorsOnly(String path) {
        String all = "/api/sales/" + sale + path;

        assertThat(edge.http.send("GET", all, null).status()).isEqualTo(401);
        assertThat(edge.get(all, "alice", "buyer").status()).isEqualTo(403);
        assertThat(edge.get("/api/sales/aaaaaaaaaaaaaaaa" + path, "operator", "operator")
                        .slug())
                .isEqualTo("unknown-sale");
    }

    private static Answer get(String path) {
        return edge.get("/api/sales/" + sale + path, "operator", "operator");
    }

    /** All orders of the list, read page by page. */
    private static List<JsonObject> walk(String query) {
        var all = new ArrayList<JsonObject>();
        String path = "/api/sales/" + sale + "/orders" + query;
        while (path != null) {
            Answer answer = edge.get(path, "operator", "operator");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            answer.json().getJsonArray("orders").forEach(each -> all.add((JsonObject) each));
            String link = answer.header("Link");
            path = link == null ? null : link.replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
        }
        return all;
    }

    private static String export(String format, String query) {
        String filters = query.isEmpty() ? "" : "&" + query.substring(1);
        var address = URI.create("http://127.0.0.1:" + edge.service.port() + "/api/sales/" + sale
                + "/orders/export?format=" + format + filters);
        String[] authorization = RunningEdge.operator().split(": ", 2);
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address)
                                    .header(authorization[0], authorization[1])
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
