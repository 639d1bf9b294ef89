package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.edge.RawHttp.Answer;
import dev.doorbuster.order.edge.report.ClosedSalePages;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator's report of several sales over HTTP. */
class SalesReportIT extends OneEdge {
    private static final String WAIT = "Prefer: wait=20";
    private static final int BUYERS = 120;

    @Test
    void reportsWhatTheVerificationsSay() {
        // Given: of four buyers one pays, one cancels, one orders again and one is refused a third unit
        SaleId busy = edge.create(sale("stock", 1000, "title", "Busy"));
        SaleId calm = edge.create(sale("stock", 50, "title", "Calm", "counter", "memcached"));
        for (int i = 0; i < BUYERS; i++) {
            String buyer = "buyer-" + i;
            String order = order(busy, buyer, 1);
            switch (i % 4) {
                case 0 ->
                    assertThat(edge.pay(order, "ref", WAIT, RunningEdge.bearer(buyer, "buyer"))
                                    .status())
                            .isEqualTo(200);
                case 1 -> assertThat(edge.cancel(order, buyer, WAIT).status()).isEqualTo(200);
                case 2 -> order(busy, buyer, 1);
                default -> assertThat(edge.order(busy, buyer, 2, WAIT).slug()).isEqualTo("limit-reached");
            }
        }
        order(calm, "buyer-1", 2);
        int quarter = BUYERS / 4;

        // When
        Answer answer = report("?sale=" + busy + "&sale=" + calm);

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getJsonArray("sales")).hasSize(2);
        JsonObject reported = line(answer, busy);
        assertThat(reported)
                .isEqualTo(new JsonObject()
                        .put("saleId", busy.value())
                        .put("title", "Busy")
                        .put("state", "OPEN")
                        .put("currency", "EUR")
                        .put("stock", 1000)
                        .put("orders", 6 * quarter)
                        .put("sold", 4 * quarter)
                        .put("held", 3 * quarter)
                        .put("paid", quarter)
                        .put("returned", quarter)
                        .put("revenueCents", 1999 * quarter)
                        .put("buyers", 3 * quarter)
                        .putNull("views"));
        for (SaleId each : new SaleId[] {busy, calm}) {
            JsonObject verified = edge.get("/api/sales/" + each + "/verification", "operator", "operator")
                    .json();
            for (String units : new String[] {"stock", "sold", "held", "paid"}) {
                assertThat(line(answer, each).getLong(units)).as(units).isEqualTo(verified.getLong(units));
            }
        }
    }

    @Test
    void reportsASaleWithoutOrders() {
        // Given
        SaleId sale = edge.create(sale());

        // When
        JsonObject reported = line(report("?sale=" + sale), sale);

        // Then
        assertThat(reported.getLong("orders")).isZero();
        assertThat(reported.getLong("sold")).isZero();
        assertThat(reported.getLong("revenueCents")).isZero();
    }

    @Test
    void sumsASaleThatIsOverOnceForEachEpoch() {
        // Given: a sale that ended some time ago, with one paid order
        SaleId sale = edge.create(sale("title", "Over"));
        edge.pay(order(sale, "alice", 2), "ref", WAIT, RunningEdge.bearer("alice", "buyer"));
        assertThat(edge.http
                        .send("DELETE", "/api/sales/" + sale, null, RunningEdge.operator())
                        .status())
                .isEqualTo(200);
        change("UPDATE sales SET closed_at = now() - interval '1 hour' WHERE id = '%s'", sale);
        JsonObject first = line(report("?sale=" + sale), sale);
        await().until(() -> servers.memcached().get(ClosedSalePages.key(sale)).isPresent());

        // When: what the ledger would say changes, at first without a new epoch
        change("UPDATE orders SET total_cents = 1 WHERE sale_id = '%s'", sale);
        JsonObject again = line(report("?sale=" + sale), sale);
        change("UPDATE sales SET epoch = epoch + 1 WHERE id = '%s'", sale);
        JsonObject later = line(report("?sale=" + sale), sale);

        // Then
        assertThat(first.getLong("revenueCents")).isEqualTo(2 * 1999);
        assertThat(again).isEqualTo(first);
        assertThat(later.getLong("revenueCents")).isEqualTo(1);
    }

    @Test
    void sumsASaleWithHoldsEachTime() {
        // Given
        SaleId sale = edge.create(sale());
        order(sale, "alice", 2);
        change("UPDATE sales SET state = 'CLOSED', closed_at = now() - interval '1 hour' WHERE id = '%s'", sale);
        assertThat(line(report("?sale=" + sale), sale).getLong("orders")).isEqualTo(1);

        // When
        change("UPDATE orders SET total_cents = 1, status = 'PAID' WHERE sale_id = '%s'", sale);

        // Then
        assertThat(line(report("?sale=" + sale), sale).getLong("paid")).isEqualTo(2);
    }

    @Test
    void saysHowOftenTheSalesPageWasLoaded() {
        // Given
        SaleId viewed = edge.create(sale());
        SaleId scheduled = edge.create(sale("opensAt", "2031-01-31T18:00:00Z"));

        // When
        for (int i = 0; i < 3; i++) {
            for (SaleId each : new SaleId[] {viewed, scheduled}) {
                assertThat(edge.http.send("GET", "/sales/" + each, null).status())
                        .isEqualTo(200);
            }
        }

        // Then
        await().until(() ->
                Long.valueOf(3).equals(line(report("?sale=" + viewed), viewed).getLong("views")));
        assertThat(line(report("?sale=" + scheduled), scheduled).getLong("views"))
                .isNull();
    }

    private static void change(String sql, SaleId sale) {
        Pool owners = edge.database.ownersPool();
        TestDatabase.await(owners.query(sql.formatted(sale)).execute());
        TestDatabase.await(owners.close());
    }

    static Stream<String> invalid() {
        return Stream.of(
                "",
                "?sale=",
                "?sale=NOT-A-SALE",
                "?sale=aaaaaaaaaaaaaaaa&sale=aaaaaaaaaaaaaaaa",
                "?sale=aaaaaaaaaaaaaaaa" + "&sale=aaaaaaaaaaaaaaab".repeat(20));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesInvalidLists(String query) {
        assertThat(report(query).status()).isEqualTo(400);
    }

    @Test
    void saysHowManySalesAReportHas() {
        assertThat(report("?sale=x").json().getJsonArray("errors"))
                .containsExactly("query \"sale\" must be 1 to 20 different ids of sales");
    }

    @Test
    void isForOperatorsOnlyAndKnowsNoSaleThatIsNotThere() {
        String path = "/api/sales-report?sale=aaaaaaaaaaaaaaaa";

        assertThat(edge.http.send("GET", path, null).status()).isEqualTo(401);
        assertThat(edge.get(path, "alice", "buyer").status()).isEqualTo(403);
        assertThat(edge.get(path, "operator", "operator").slug()).isEqualTo("unknown-sale");
    }

    private static Answer report(String query) {
        return edge.get("/api/sales-report" + query, "operator", "operator");
    }

    private static JsonObject line(Answer answer, SaleId sale) {
        return answer.json().getJsonArray("sales").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("saleId").equals(sale.value()))
                .findFirst()
                .orElseThrow();
    }

    @CanIgnoreReturnValue
    private static String order(SaleId sale, String buyer, int quantity) {
        Answer answer = edge.order(sale, buyer, quantity, WAIT);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().getString("id");
    }
}
