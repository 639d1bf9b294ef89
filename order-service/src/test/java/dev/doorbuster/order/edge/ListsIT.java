package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists longer than one page. */
@OneEdge.Settings({"catalogue.ordersMax", "2"})
class ListsIT extends OneEdge {
    private static final int SALES = 1203;
    private static final int ORDERS = 7;

    /** In each group nine sales open in the same microsecond. */
    private static final String MANY_SALES = """
            INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at, hold_seconds, counter)
            SELECT translate(lpad(to_hex(number), 16, '0'), '0189', 'wxyz'), 'Sale ' || number, 1, 'EUR', 1, 1,
                   timestamptz '2030-01-31 18:00:00.123457Z' + number / 9 * interval '1 microsecond', 60, 'redis'
            FROM generate_series(1, %d) AS number
            """.formatted(SALES);

    @Test
    void showsEverySaleOnSomePage() {
        // Given: a sale that is open now, behind 1,203 that open later
        SaleId open = edge.create(sale());
        await(edge.database.pool().query(MANY_SALES).execute());

        // When
        List<JsonObject> listed = walk("/api/sales", "sales");

        // Then: those of other tests are open, too
        var ids = listed.stream().map(each -> each.getString("saleId")).toList();
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(SALES);
        assertThat(ids.subList(0, SALES)).allMatch(id -> id.startsWith("www"));
        assertThat(ids.subList(SALES, ids.size())).contains(open.value()).noneMatch(id -> id.startsWith("www"));
        assertThat(listed)
                .extracting(each -> Instant.parse(each.getString("opensAt")))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void showsABuyerEveryOrderOnSomePage() {
        // Given
        SaleId first = edge.create(sale("perBuyerLimit", 100));
        SaleId second = edge.create(sale("perBuyerLimit", 100));
        for (int i = 0; i < ORDERS; i++) {
            edge.order(i % 2 == 0 ? first : second, "collector", 1, "Prefer: wait=20");
        }

        // When
        List<JsonObject> all = walk("/api/orders", "orders");
        List<JsonObject> ofOne = walk("/api/orders?saleId=" + first, "orders");

        // Then
        assertThat(all).extracting(each -> each.getString("id")).hasSize(ORDERS).doesNotHaveDuplicates();
        assertThat(ofOne).extracting(each -> each.getString("id")).hasSize(4).doesNotHaveDuplicates();
        assertThat(ofOne).extracting(each -> each.getString("saleId")).containsOnly(first.value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "-aaaaaaaaaaaaaaaa",
                "-1-aaaaaaaaaaaaaaaa",
                "999999999999999999-aaaaaaaaaaaaaaaa",
                "1-aaaaaaaaaaaaaaa1",
                "1-aaaaaaaaaaaaaaaa%0a",
                "1-5e1f7a3c-8d3b-4c1e-9f54-1f6f6b1d3a2"
            })
    void refusesAPositionThatNoLinkHas(String after) {
        Answer sales = edge.http.send("GET", "/api/sales?after=" + after, null);
        Answer orders = edge.get("/api/orders?after=" + after, "collector", "buyer");

        assertThat(List.of(sales.status(), orders.status())).containsOnly(400);
        assertThat(sales.json().getJsonArray("errors")).containsExactly("query \"after\" must be as in a Link header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-aaaaaaaaaaaaaaaa", "99999999999999999-7777777777777777"})
    void takesEveryOtherPosition(String after) {
        assertThat(edge.http.send("GET", "/api/sales?after=" + after, null).status())
                .isEqualTo(200);
    }

    /** All elements of a list, read page by page. */
    private static List<JsonObject> walk(String first, String field) {
        var all = new ArrayList<JsonObject>();
        String path = first;
        while (path != null) {
            Answer answer = edge.get(path, "collector", "buyer");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            answer.json().getJsonArray(field).forEach(each -> all.add((JsonObject) each));
            String link = answer.header("Link");
            path = link == null ? null : link.replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
        }
        return all;
    }
}
