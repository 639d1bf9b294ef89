package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An operator works off the payments that are due back. */
class RefundsIT extends OneEdge {
    private static final String WAIT = "Prefer: wait=20";

    @Test
    void listsWhatIsDueBackUntilItIsMarked() {
        // Given: two payments for one order, and one for none
        String saleId = edge.http
                .send("POST", "/api/sales", sale().encode(), operator(), JSON)
                .json()
                .getString("saleId");
        Answer order = edge.http.send(
                "POST", "/api/sales/" + saleId + "/orders", "{\"quantity\":1}", bearer("alice", "buyer"), JSON, WAIT);
        assertThat(order.status()).as(order.body()).isEqualTo(201);
        String orderId = order.json().getString("id");
        String unknown = "00000000-0000-4000-8000-000000000017";
        assertThat(pay(orderId, "first").status()).isEqualTo(200);
        assertThat(pay(orderId, "second").status()).isEqualTo(409);
        assertThat(pay(unknown, "lost").status()).isEqualTo(200);

        // When
        JsonObject second = due("second").orElseThrow();
        JsonObject lost = due("lost").orElseThrow();

        // Then
        assertThat(due("first")).isEmpty();
        assertThat(second.getString("orderId")).isEqualTo(orderId);
        assertThat(second.getString("saleId")).isEqualTo(saleId);
        assertThat(second.getString("title")).isEqualTo("One hundred lamps");
        assertThat(second.getString("buyer")).isEqualTo("alice");
        assertThat(second.getLong("totalCents")).isEqualTo(1999);
        assertThat(lost.getString("orderId")).isEqualTo(unknown);
        assertThat(lost.getString("saleId")).isNull();
        assertThat(lost.getLong("totalCents")).isNull();

        // When
        Answer marked = mark(orderId, "second", operator());

        // Then: once
        assertThat(marked.status()).as(marked.body()).isEqualTo(204);
        assertThat(due("second")).isEmpty();
        assertThat(due("lost")).isPresent();
        assertThat(mark(orderId, "second", operator()).status()).isEqualTo(404);
        assertThat(mark(orderId, "first", operator()).status()).isEqualTo(404);
        assertThat(mark(unknown, "lost", bearer("alice", "buyer")).status()).isEqualTo(403);
    }

    private static Answer pay(String order, String reference) {
        return edge.http.send(
                "POST",
                "/api/orders/" + order + "/payment",
                new JsonObject().put("reference", reference).encode(),
                bearer("provider", "payments"),
                JSON,
                WAIT);
    }

    private static Answer mark(String order, String reference, String caller) {
        var body = new JsonObject()
                .put("orderId", order)
                .put("reference", reference)
                .put("note", "by bank transfer");
        return edge.http.send("POST", "/api/refunds", body.encode(), caller, JSON);
    }

    private static Optional<JsonObject> due(String reference) {
        Answer answer = edge.http.send("GET", "/api/refunds", null, operator());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonObject> refunds = answer.json().getJsonArray("refunds").stream()
                .map(JsonObject.class::cast)
                .toList();
        return refunds.stream()
                .filter(each -> each.getString("reference").equals(reference))
                .findFirst();
    }
}
