package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paying and cancelling over HTTP: the answer for each status. */
@OneEdge.Settings({
    "DOORBUSTER_BUYER_RATE_PER_SECOND",
    "10000",
    "DOORBUSTER_BUYER_RATE_BURST",
    "10000",
    "edge.payment.answerMax",
    "10000"
})
class HoldsIT extends OneEdge {
    private static final String PROVIDER = bearer("bank", "payments");
    private static final String ALICE = bearer("alice", "buyer");
    private static Pool owners;

    @BeforeAll
    static void start() {
        owners = edge.database.ownersPool();
    }

    @AfterAll
    static void stop() {
        await(owners.close());
    }

    private static String held(SaleId sale, String buyer) {
        Answer answer = edge.order(sale, buyer, 1, "Prefer: wait=10");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().getString("id");
    }

    private static String expired(SaleId sale, String buyer) {
        String order = held(sale, buyer);
        await(owners.preparedQuery("UPDATE orders SET hold_expires_at = now() - interval '1 second' WHERE id = $1")
                .execute(Tuple.of(UUID.fromString(order))));
        Message over = Message.of(sale, new OrderHoldOver(UUID.fromString(order)));
        await(edge.decider.publisher().publish(Route.command(over), over));
        await().atMost(Duration.ofSeconds(10)).until(() -> status(order, buyer).equals("EXPIRED"));
        return order;
    }

    private static String cancelled(SaleId sale, String buyer) {
        String order = held(sale, buyer);
        assertThat(edge.cancel(order, buyer).status()).isEqualTo(200);
        return order;
    }

    private static String status(String order, String buyer) {
        return edge.get("/api/orders/" + order, buyer, "buyer").json().getString("status");
    }

    private static String outcome(String order, String reference) {
        var rows = await(owners.preparedQuery("SELECT outcome FROM payments WHERE order_id = $1 AND reference = $2")
                .execute(Tuple.of(UUID.fromString(order), reference)));
        return rows.size() == 0 ? "none" : rows.iterator().next().getString(0);
    }

    private static JsonObject order(Answer problem) {
        return problem.json().getJsonObject("order");
    }

    @Test
    void paysAHeldOrderOnce() {
        // Given
        String order = held(edge.create(sale()), "alice");
        // When
        Answer paid = edge.pay(order, "card-1", ALICE);
        Answer again = edge.pay(order, "card-1", ALICE);
        Answer another = edge.pay(order, "card-2", ALICE);
        Answer anotherAgain = edge.pay(order, "card-2", PROVIDER);
        // Then
        assertThat(paid.status()).as(paid.body()).isEqualTo(200);
        assertThat(paid.json().getString("status")).isEqualTo("PAID");
        assertThat(paid.header("Idempotency-Replayed")).isNull();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(paid.json());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(another.status()).isEqualTo(409);
        assertThat(another.slug()).isEqualTo("already-paid");
        assertThat(order(another)).isEqualTo(paid.json());
        assertThat(another.json().getJsonObject("payment"))
                .isEqualTo(new JsonObject().put("reference", "card-2").put("status", "REFUND_DUE"));
        assertThat(anotherAgain.slug()).isEqualTo("already-paid");
        assertThat(anotherAgain.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(outcome(order, "card-1")).isEqualTo("PAID");
        assertThat(outcome(order, "card-2")).isEqualTo("REFUND_DUE");
    }

    @Test
    void cancelsAHeldOrderAndGivesItsUnitsBack() {
        // Given
        SaleId sale = edge.create(sale("stock", 1));
        String order = held(sale, "alice");
        // When
        Answer cancelled = edge.cancel(order, "alice");
        Answer again = edge.cancel(order, "alice");
        // Then
        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
        assertThat(cancelled.json().getString("status")).isEqualTo("CANCELLED");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.slug()).isEqualTo("not-held");
        assertThat(order(again)).isEqualTo(cancelled.json());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> edge.order(sale, "bob", 1, "Prefer: wait=10").status() == 201);
    }

    @Test
    void cancelsNeitherWhatIsPaidForNorWhatHasExpired() {
        // Given
        SaleId sale = edge.create(sale());
        String paid = held(sale, "alice");
        edge.pay(paid, "card-1", ALICE);
        String due = cancelled(sale, "bob");
        edge.pay(due, "card-1", PROVIDER);
        String expired = expired(sale, "carol");
        // When
        Answer ofPaid = edge.cancel(paid, "alice");
        Answer ofDue = edge.cancel(due, "bob");
        Answer ofExpired = edge.cancel(expired, "carol");
        // Then
        assertThat(ofPaid.slug()).isEqualTo("already-paid");
        assertThat(order(ofPaid).getString("status")).isEqualTo("PAID");
        assertThat(ofDue.slug()).isEqualTo("already-paid");
        assertThat(order(ofDue).getString("status")).isEqualTo("REFUND_DUE");
        assertThat(ofExpired.slug()).isEqualTo("not-held");
        assertThat(order(ofExpired).getString("status")).isEqualTo("EXPIRED");
    }

    @Test
    void neitherCancelsNorSellsWhatTheLedgerRejected() {
        // Given
        SaleId sale = edge.create(sale("perBuyerLimit", 1));
        String first = held(sale, "alice");
        String key = "Idempotency-Key: second";
        assertThat(edge.order(sale, "alice", 1, "Prefer: wait=10", key).slug()).isEqualTo("limit-reached");
        String rejected =
                edge.get("/api/orders?saleId=" + sale, "alice", "buyer").json().getJsonArray("orders").stream()
                        .map(JsonObject.class::cast)
                        .filter(order -> order.getString("status").equals("REJECTED"))
                        .map(order -> order.getString("id"))
                        .findFirst()
                        .orElseThrow();
        // When
        Answer cancel = edge.cancel(rejected, "alice");
        Answer payment = edge.pay(rejected, "card-1", ALICE);
        // Then
        assertThat(rejected).isNotEqualTo(first);
        assertThat(cancel.slug()).isEqualTo("not-held");
        assertThat(order(cancel).getString("status")).isEqualTo("REJECTED");
        assertThat(payment.status()).isEqualTo(200);
        assertThat(payment.json().getString("status")).isEqualTo("REFUND_DUE");
    }

    @Test
    void owesMoneyForACancelledOrderBack() {
        // Given
        String order = cancelled(edge.create(sale()), "alice");
        // When
        Answer payment = edge.pay(order, "card-1", ALICE);
        Answer again = edge.pay(order, "card-1", ALICE);
        Answer another = edge.pay(order, "card-2", ALICE);
        // Then
        assertThat(payment.status()).isEqualTo(200);
        assertThat(payment.json().getString("status")).isEqualTo("REFUND_DUE");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(another.slug()).isEqualTo("already-paid");
        assertThat(outcome(order, "card-1")).isEqualTo("REFUND_DUE");
        assertThat(outcome(order, "card-2")).isEqualTo("REFUND_DUE");
    }

    @Test
    void takesALatePaymentWhileThereIsRoom() {
        // Given
        SaleId sale = edge.create(sale("stock", 1));
        String late = expired(sale, "alice");
        // When
        Answer paid = edge.pay(late, "card-1", ALICE);
        // Then
        assertThat(paid.json().getString("status")).isEqualTo("PAID");
    }

    @Test
    void owesALatePaymentBackWhereNothingIsLeft() {
        // Given
        SaleId sale = edge.create(sale("stock", 1));
        String late = expired(sale, "alice");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> edge.order(sale, "bob", 1, "Prefer: wait=10").status() == 201);
        // When
        Answer payment = edge.pay(late, "card-1", ALICE);
        // Then
        assertThat(payment.status()).isEqualTo(200);
        assertThat(payment.json().getString("status")).isEqualTo("REFUND_DUE");
    }

    @Test
    void answersThatAnUndecidedOrderIsPending() {
        // Given
        SaleId sale = edge.create(sale());
        edge.decider.pause();
        String order = edge.order(sale, "alice", 1).json().getString("id");
        // When
        Answer payment = edge.pay(order, "card-1", ALICE);
        Answer cancel = edge.cancel(order, "alice");
        Answer others = edge.cancel(order, "bob");
        edge.decider.resume();
        // Then
        assertThat(payment.status()).isEqualTo(409);
        assertThat(payment.slug()).isEqualTo("order-pending");
        assertThat(cancel.slug()).isEqualTo("order-pending");
        assertThat(others.status()).isEqualTo(404);
        assertThat(outcome(order, "card-1")).isEqualTo("none");
    }

    @Test
    void hidesAnOrderFromOtherBuyers() {
        // Given
        String order = held(edge.create(sale()), "alice");
        // When
        Answer payment = edge.pay(order, "card-1", bearer("bob", "buyer"));
        Answer cancel = edge.cancel(order, "bob");
        Answer unknown = edge.cancel(UUID.randomUUID().toString(), "alice");
        // Then
        assertThat(payment.status()).isEqualTo(404);
        assertThat(payment.slug()).isEqualTo("unknown-order");
        assertThat(cancel.status()).isEqualTo(404);
        assertThat(unknown.slug()).isEqualTo("unknown-order");
        assertThat(status(order, "alice")).isEqualTo("RESERVED");
    }

    @Test
    void keepsAPaymentForAnUnknownOrder() {
        // Given
        String order = UUID.randomUUID().toString();
        // When
        Answer payment = edge.pay(order, "card-1", PROVIDER);
        Answer again = edge.pay(order, "card-1", PROVIDER);
        // Then
        assertThat(payment.status()).as(payment.body()).isEqualTo(200);
        assertThat(payment.json()).isEqualTo(new JsonObject().put("id", order).put("status", "REFUND_DUE"));
        assertThat(payment.header("Idempotency-Replayed")).isNull();
        assertThat(again.json()).isEqualTo(payment.json());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(outcome(order, "card-1")).isEqualTo("REFUND_DUE");
    }

    @Test
    void neverPaysWithMoneyThatCameBeforeItsOrder() {
        // Given
        SaleId sale = edge.create(sale());
        edge.decider.pause();
        String order =
                edge.order(sale, "alice", 1, "Idempotency-Key: early").json().getString("id");
        assertThat(edge.pay(order, "card-1", PROVIDER).status()).isEqualTo(200);
        edge.decider.resume();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> status(order, "alice").equals("RESERVED"));
        // When
        Answer again = edge.pay(order, "card-1", PROVIDER);
        Answer another = edge.pay(order, "card-2", PROVIDER);
        // Then
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.slug()).isEqualTo("payment-refund-due");
        assertThat(order(again).getString("status")).isEqualTo("RESERVED");
        assertThat(another.json().getString("status")).isEqualTo("PAID");
    }

    @Test
    void answersPendingAndReadsTheLedgerOnce() {
        // Given
        SaleId sale = edge.create(sale());
        String paid = held(sale, "alice");
        String cancelled = held(sale, "bob");
        SqlConnection keeping = await(owners.getConnection());
        Transaction transaction = await(keeping.begin());
        await(keeping.preparedQuery("SELECT FROM sales WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(sale.value())));
        // When
        Answer payment = edge.pay(paid, "card-1", ALICE, "Prefer: wait=1");
        Answer cancel = edge.cancel(cancelled, "bob", "Prefer: wait=1");
        await(transaction.rollback());
        await(keeping.close());
        // Then
        assertThat(payment.status()).as(payment.body()).isEqualTo(202);
        assertThat(payment.header("Location")).isEqualTo("/api/orders/" + paid);
        assertThat(payment.header("Retry-After")).isEqualTo("1");
        assertThat(payment.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(payment.json().getString("status")).isEqualTo("RESERVED");
        assertThat(cancel.status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> status(paid, "alice").equals("PAID")
                        && status(cancelled, "bob").equals("CANCELLED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reference\":\"\"}", "{\"reference\":\"two words\"}", "{\"reference\":1}"})
    void refusesAReferenceThatIsNone(String body) {
        // When
        Answer answer = edge.http.send(
                "POST", "/api/orders/" + UUID.randomUUID() + "/payment", body, PROVIDER, RunningEdge.JSON);
        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.slug()).isEqualTo("invalid-request");
    }

    @Test
    void checksWhoMayPayAndCancel() {
        // Given
        String order = held(edge.create(sale()), "alice");
        // When, Then
        assertThat(edge.pay(order, "card-1", RunningEdge.operator()).status()).isEqualTo(403);
        assertThat(edge.http
                        .send("DELETE", "/api/orders/" + order, null, PROVIDER)
                        .status())
                .isEqualTo(403);
        assertThat(edge.pay(order, "card-1").status()).isEqualTo(401);
        assertThat(edge.pay(order, "x".repeat(5000), ALICE).status()).isEqualTo(413);
        assertThat(status(order, "alice")).isEqualTo("RESERVED");
    }

    @Test
    void acceptsPaymentsFromTheProviderOnlyWithoutTheDemoLogIn() {
        // Given
        RunningEdge strict = RunningEdge.start(
                vertx, servers, "DOORBUSTER_DEMO_LOGIN", "false", "DOORBUSTER_BUYER_RATE_PER_SECOND", "1");
        String order = strict.order(strict.create(sale()), "alice", 1, "Prefer: wait=10")
                .json()
                .getString("id");
        // When
        Answer buyers = strict.pay(order, "card-1", ALICE);
        Answer providers = strict.pay(order, "card-1", PROVIDER);
        // Then
        assertThat(buyers.status()).isEqualTo(403);
        assertThat(providers.json().getString("status")).isEqualTo("PAID");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> strict.cancel(order, "alice").status() == 429);
        strict.stop();
    }
}
