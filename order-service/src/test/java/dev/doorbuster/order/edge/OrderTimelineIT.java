package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderMailed;
import dev.doorbuster.contracts.message.OrderMailed.Outcome;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators read about one order, and their notes. */
class OrderTimelineIT extends OneEdge {
    private static final String WAIT = "Prefer: wait=20";

    @Test
    void showsAnOrderFromItsRequestToItsRefund() {
        // Given
        SaleId sale = edge.create(sale());
        String order = edge.order(sale, "alice", 1, WAIT).json().getString("id");
        assertThat(edge.cancel(order, "alice", WAIT).status()).isEqualTo(200);
        assertThat(edge.pay(order, "too-late", WAIT, bearer("provider", "payments"))
                        .json()
                        .getString("status"))
                .isEqualTo("REFUND_DUE");
        assertThat(note("/api/orders/" + order, "asked for the money").status()).isEqualTo(204);
        var mark = new JsonObject()
                .put("orderId", order)
                .put("reference", "too-late")
                .put("note", "by transfer");
        assertThat(edge.http
                        .send("POST", "/api/refunds", mark.encode(), operator(), JSON)
                        .status())
                .isEqualTo(204);

        // When
        JsonObject timeline = timeline(order).json();

        // Then
        assertThat(timeline.getJsonObject("order").getString("status")).isEqualTo("REFUND_DUE");
        List<JsonObject> entries = entries(timeline);
        assertThat(entries)
                .extracting(entry -> entry.getString("what"))
                .containsExactly(
                        "requested", "reserved", "payment", "refund-due", "payment-due-back", "note", "refunded");
        assertThat(entries)
                .extracting(entry -> Instant.parse(entry.getString("at")))
                .isSorted();
        assertThat(entries.get(2).getString("detail")).isEqualTo("too-late");
        assertThat(entries.get(5).getString("detail")).isEqualTo("asked for the money");
        assertThat(entries.get(6).getString("operator")).isEqualTo("operator");
        assertThat(entries.get(6).getString("detail")).isEqualTo("too-late: by transfer");
    }

    @Test
    void saysWhyAnOrderWasRefusedAndWhenItWasCancelled() {
        // Given
        SaleId sale = edge.create(sale("perBuyerLimit", 1));
        String first = edge.order(sale, "bob", 1, WAIT).json().getString("id");
        Answer refused = edge.order(sale, "bob", 1, WAIT, "Idempotency-Key: second");
        assertThat(refused.slug()).isEqualTo("limit-reached");
        String second = edge.get("/api/orders?saleId=" + sale, "bob", "buyer").json().getJsonArray("orders").stream()
                .map(order -> ((JsonObject) order).getString("id"))
                .filter(id -> !id.equals(first))
                .findFirst()
                .orElseThrow();
        assertThat(entries(timeline(first).json()))
                .extracting(entry -> entry.getString("what"))
                .containsExactly("requested", "reserved", "hold-ends");
        edge.cancel(first, "bob", WAIT);

        // When
        List<JsonObject> ofFirst = entries(timeline(first).json());
        List<JsonObject> ofSecond = entries(timeline(second).json());

        // Then
        assertThat(ofFirst)
                .extracting(entry -> entry.getString("what"))
                .containsExactly("requested", "reserved", "cancelled");
        assertThat(ofSecond).extracting(entry -> entry.getString("what")).containsExactly("requested", "rejected");
        assertThat(ofSecond.get(1).getString("detail")).isEqualTo("limit-reached");
    }

    @Test
    void showsWhatBecameOfItsMailsEachOutcomeOnce() {
        // Given
        SaleId sale = edge.create(sale());
        String order = edge.order(sale, "alice", 1, WAIT).json().getString("id");
        Instant later = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
        List<OrderMailed> mails = List.of(
                mailed(order, Outcome.FAILED, later.plusSeconds(1)),
                mailed(order, Outcome.SENT, later),
                mailed(order, Outcome.SENT, later.plusSeconds(2)));

        // When
        for (Message each : List.of(Message.of(sale, mails), Message.of(sale, mails))) {
            TestDatabase.await(edge.decider.publisher().publish(Route.command(each), each));
        }

        // Then
        await().untilAsserted(() -> assertThat(entries(timeline(order).json()))
                .filteredOn(entry -> entry.getString("what").startsWith("mail-"))
                .extracting(
                        entry -> entry.getString("what"),
                        entry -> entry.getString("at"),
                        entry -> entry.getString("detail"))
                .containsExactlyInAnyOrder(
                        tuple("mail-sent", later.toString(), "order.confirmed"),
                        tuple("mail-failed", later.plusSeconds(1).toString(), "order.confirmed")));
    }

    private static OrderMailed mailed(String order, Outcome outcome, Instant at) {
        return new OrderMailed(UUID.fromString(order), "order.confirmed", outcome, at);
    }

    @Test
    void showsTheCourseOfASale() {
        // Given
        SaleId sale = edge.create(sale("perBuyerLimit", 2));
        String path = "/api/sales/" + sale + "/course";
        assertThat(edge.http.send("GET", path, null, operator()).json().getJsonArray("points"))
                .isEmpty();
        String paid = edge.order(sale, "alice", 2, WAIT).json().getString("id");
        String cancelled = edge.order(sale, "bob", 1, WAIT).json().getString("id");
        edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: too-many");
        edge.pay(paid, "r-1", WAIT, bearer("provider", "payments"));
        edge.cancel(cancelled, "bob", WAIT);

        // When
        List<JsonObject> points = edge.http.send("GET", path, null, operator()).json().getJsonArray("points").stream()
                .map(JsonObject.class::cast)
                .toList();

        // Then
        assertThat(sum(points, "reserved")).isEqualTo(3);
        assertThat(sum(points, "refused")).isEqualTo(1);
        assertThat(sum(points, "paid")).isEqualTo(2);
        assertThat(sum(points, "returned")).isEqualTo(1);
        assertThat(points).hasSizeBetween(2, 120);
        assertThat(points)
                .extracting(point -> Instant.parse(point.getString("at")))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private static long sum(List<JsonObject> points, String field) {
        return points.stream().mapToLong(point -> point.getLong(field)).sum();
    }

    @Test
    void showsAPaymentOfNoOrder() {
        // Given
        String order = UUID.randomUUID().toString();
        assertThat(edge.pay(order, "lost", WAIT, bearer("provider", "payments")).status())
                .isEqualTo(200);

        // When
        JsonObject timeline = timeline(order).json();

        // Then
        assertThat(timeline.getJsonObject("order")).isNull();
        assertThat(entries(timeline))
                .extracting(entry -> entry.getString("what"))
                .containsExactly("payment", "payment-due-back");
        assertThat(note("/api/orders/" + order, "whose?").slug()).isEqualTo("unknown-order");
    }

    @Test
    void knowsNothingOfOtherOrdersAndIsForOperators() {
        String nothing = UUID.randomUUID().toString();

        assertThat(timeline(nothing).slug()).isEqualTo("unknown-order");
        assertThat(edge.get("/api/orders/" + nothing + "/timeline", "alice", "buyer")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void keepsNotesOnASaleAndItsOrders() {
        // Given
        SaleId sale = edge.create(sale());
        String path = "/api/sales/" + sale;
        String order = edge.order(sale, "carol", 1, WAIT).json().getString("id");

        // When
        assertThat(note(path, "a first note").status()).isEqualTo(204);
        assertThat(note("/api/orders/" + order, "on the order").status()).isEqualTo(204);
        Answer notes = edge.http.send("GET", path + "/notes", null, operator());

        // Then
        List<JsonObject> list = notes.json().getJsonArray("notes").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(list).extracting(note -> note.getString("note")).containsExactly("on the order", "a first note");
        assertThat(list).extracting(note -> note.getString("orderId")).containsExactly(order, null);
        assertThat(list)
                .allSatisfy(note -> assertThat(note.getString("operator")).isEqualTo("operator"));
        assertThat(note("/api/sales/aaaaaaaaaaaaaaaa", "of none").slug()).isEqualTo("unknown-sale");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void boundsTheLengthOfNotes(int length) {
        Answer answer = note("/api/sales/aaaaaaaaaaaaaaaa", "n".repeat(length));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors").getString(0))
                .isEqualTo("\"note\" must be a text of 1 to 1000 printable characters, at least one of them visible");
    }

    private static Answer note(String path, String text) {
        return edge.http.send(
                "POST", path + "/notes", new JsonObject().put("note", text).encode(), operator(), JSON);
    }

    private static Answer timeline(String order) {
        return edge.http.send("GET", "/api/orders/" + order + "/timeline", null, operator());
    }

    private static List<JsonObject> entries(JsonObject timeline) {
        return timeline.getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
