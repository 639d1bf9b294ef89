package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A buyer's name is replaced on request, and the ledger stays right. */
class BuyerPseudonymsIT extends OneEdge {
    private static final String WAIT = "Prefer: wait=20";

    @Test
    void replacesTheNameOnceAllIsOver() {
        // Given: a paid order, a refund, and a payment of no order
        SaleId sale = edge.create(sale("perBuyerLimit", 3));
        String buyer = "erika mustermann";
        String paid = edge.order(sale, buyer, 2, WAIT).json().getString("id");
        String provider = bearer("provider", "payments");
        assertThat(edge.pay(paid, "first", WAIT, provider).status()).isEqualTo(200);
        assertThat(edge.pay(paid, "second", WAIT, provider).status()).isEqualTo(409);
        String held =
                edge.order(sale, buyer, 1, WAIT, "Idempotency-Key: held").json().getString("id");
        edge.order(sale, "another", 1, WAIT);

        // Then: not while the sale is open, nor while units are held
        assertThat(pseudonymise(buyer).slug()).isEqualTo("buyer-active");
        edge.http.send("DELETE", "/api/sales/" + sale, null, operator());
        assertThat(pseudonymise(buyer).slug()).isEqualTo("buyer-active");
        assertThat(edge.cancel(held, buyer, WAIT).status()).isEqualTo(200);

        // When
        Answer done = pseudonymise(buyer);

        // Then
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        String pseudonym = done.json().getString("pseudonym");
        assertThat(show("/api/orders/" + paid).json().getString("buyer")).isEqualTo(pseudonym);
        assertThat(show("/api/orders/" + held).json().getString("buyer")).isEqualTo(pseudonym);
        assertThat(show("/api/sales/" + sale + "/orders").body())
                .doesNotContain(buyer)
                .contains("another");
        assertThat(show("/api/refunds").body()).doesNotContain(buyer).contains(pseudonym);
        assertThat(show("/api/audit").body()).doesNotContain(buyer);
        JsonObject sums = show("/api/sales/" + sale + "/verification").json();
        assertThat(sums.getInteger("sold")).isEqualTo(3);
        assertThat(sums.getInteger("paid")).isEqualTo(2);
        for (String violation : List.of("oversold", "duplicates", "overLimit")) {
            assertThat(sums.getInteger(violation)).as(violation).isZero();
        }
        assertThat(pseudonymise(buyer).slug()).isEqualTo("not-found");
    }

    @Test
    void replacesTheNameOfAPaymentWithoutAnOrder() {
        // Given
        String order = UUID.randomUUID().toString();
        assertThat(edge.pay(order, "lost", WAIT, bearer("a provider of old", "payments"))
                        .status())
                .isEqualTo(200);
        String buyer = show("/api/refunds").json().getJsonArray("refunds").stream()
                .map(JsonObject.class::cast)
                .filter(refund -> refund.getString("orderId").equals(order))
                .map(refund -> refund.getString("buyer"))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(pseudonymise(buyer).status()).isEqualTo(200);
        assertThat(show("/api/refunds").body()).doesNotContain(buyer);
    }

    @Test
    void replacesTheNameOfARafflesEntrantAndForgetsReminders() {
        // Given: rows of a sale that has ended, and of a raffle that has not
        SaleId ended = edge.create(sale());
        SaleId running = edge.create(sale());
        String buyer = "max mustermann";
        for (SaleId each : List.of(ended, running)) {
            rows("INSERT INTO raffle_entries (sale_id, buyer, entrant, order_id) VALUES ('%s', '%s', '%s', '%s')"
                    .formatted(each, buyer, "0".repeat(32), UUID.randomUUID()));
            rows("INSERT INTO reminders (sale_id, buyer, wanted) VALUES ('%s', '%s', true)".formatted(each, buyer));
        }
        edge.http.send("DELETE", "/api/sales/" + ended, null, operator());

        // Then
        assertThat(pseudonymise(buyer).slug()).isEqualTo("buyer-active");
        edge.http.send("DELETE", "/api/sales/" + running, null, operator());
        String pseudonym = pseudonymise(buyer).json().getString("pseudonym");
        assertThat(rows("SELECT 1 FROM raffle_entries WHERE buyer = '%s'".formatted(pseudonym)))
                .isEqualTo(2);
        assertThat(rows("SELECT 1 FROM reminders WHERE buyer IN ('%s', '%s')".formatted(buyer, pseudonym)))
                .isZero();
    }

    @CanIgnoreReturnValue
    private static int rows(String sql) {
        return await(edge.database.ownersPool().query(sql).execute()).size();
    }

    private static Answer pseudonymise(String buyer) {
        return edge.http.send(
                "POST",
                "/api/buyers/pseudonym",
                new JsonObject().put("buyer", buyer).encode(),
                operator(),
                JSON);
    }

    private static Answer show(String path) {
        return edge.http.send("GET", path, null, operator());
    }
}
