package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders over HTTP, sent over a raw socket. */
class PlaceOrderIT extends OneEdge {
    private static final String WAIT = "Prefer: wait=20";

    @AfterEach
    void resume() {
        edge.decider.resume();
    }

    @Test
    void answers201WithTheOrderOnceTheLedgerHasIt() {
        // Given
        SaleId sale = edge.create(sale());

        // When
        Answer answer = edge.order(sale, "alice", 2, WAIT, "Idempotency-Key: my-key");

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(answer.header("Idempotency-Key")).isEqualTo("my-key");
        assertThat(answer.header("Idempotency-Replayed")).isNull();
        assertThat(answer.header("Location"))
                .isEqualTo("/api/orders/" + answer.json().getString("id"));
        assertThat(answer.json().fieldNames())
                .containsExactlyInAnyOrder(
                        "id", "saleId", "buyer", "quantity", "status", "totalCents", "placedAt", "holdExpiresAt");
        assertThat(answer.json().getString("status")).isEqualTo("RESERVED");
        assertThat(answer.json().getLong("totalCents")).isEqualTo(3998);
        assertThat(answer.json().getString("buyer")).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"quant\\u0069ty\":1}", "{\"quantity\":1.0}", "{\"quantity\":1e0}"})
    void placesAnOrderWithAnEquivalentBody(String body) {
        // Given
        SaleId sale = edge.create(sale());

        // When
        Answer answer = edge.post(
                sale,
                body,
                "Prefer: wait=20",
                "Idempotency-Key: k",
                RunningEdge.bearer("alice", "buyer"),
                RunningEdge.JSON);

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().getInteger("quantity")).isEqualTo(1);
        assertThat(answer.header("Idempotency-Key")).isEqualTo("k");
    }

    @Test
    void answers202WithoutAPreference() {
        // Given
        SaleId sale = edge.create(sale());

        // When
        Answer answer = edge.order(sale, "alice", 1);

        // Then
        assertThat(answer.status()).isIn(202, 201);
        assertThat(answer.header("Location")).startsWith("/api/orders/");
        await().untilAsserted(() -> assertThat(edge.get(answer.header("Location"), "alice", "buyer")
                        .json()
                        .getString("status"))
                .isEqualTo("RESERVED"));
    }

    @Test
    void showsAnOrderAsPendingUntilItIsDecidedAndToItsBuyerAlone() {
        // Given
        SaleId sale = edge.create(sale());
        edge.decider.pause();

        // When
        Answer answer = edge.order(sale, "alice", 1, "Prefer: wait=1");

        // Then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("status")).isEqualTo("PENDING");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.header("Idempotency-Key")).isNotBlank();
        String order = answer.header("Location");
        assertThat(edge.get(order, "alice", "buyer").json().getString("status")).isEqualTo("PENDING");
        assertThat(edge.get(order, "bob", "buyer").slug()).isEqualTo("unknown-order");
        edge.decider.resume();
        await().untilAsserted(() -> assertThat(
                        edge.get(order, "alice", "buyer").json().getString("status"))
                .isEqualTo("RESERVED"));
        assertThat(edge.get(order, "bob", "buyer").status()).isEqualTo(404);
        assertThat(edge.get(order, "operator", "operator").status()).isEqualTo(200);
        assertThat(edge.get("/api/orders/" + UUID.randomUUID(), "alice", "buyer")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void replaysTheDecisionForTheSameKey() {
        // Given
        SaleId sale = edge.create(sale());
        Answer first = edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: again");

        // When
        Answer second = edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: again");

        // Then
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void reportsAKeyReusedForAnotherQuantity() {
        // Given
        SaleId sale = edge.create(sale());
        edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: reused");

        // When
        Answer answer = edge.order(sale, "alice", 2, WAIT, "Idempotency-Key: reused");

        // Then
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.slug()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void keepsKeysOfDifferentBuyersApart() {
        // Given
        SaleId sale = edge.create(sale());
        Answer alices = edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: same");

        // When
        Answer bobs = edge.order(sale, "bob", 2, WAIT, "Idempotency-Key: same");

        // Then
        assertThat(bobs.status()).isEqualTo(201);
        assertThat(bobs.json().getString("id")).isNotEqualTo(alices.json().getString("id"));
    }

    @Test
    void acceptsAnyVisibleAsciiAsAKey() {
        // Given
        SaleId sale = edge.create(sale());
        String key = "100%+\"~{}|\\^`&=?#%zz";

        // When
        Answer answer = edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: " + key);

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Idempotency-Key")).isEqualTo(key);
    }

    @Test
    void joinsARepeatThatComesWhileTheFirstIsUnderWay() {
        // Given
        SaleId sale = edge.create(sale());
        edge.decider.pause();
        var first = CompletableFuture.supplyAsync(() -> edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: twice"));
        await().until(() -> edge.metrics.get("doorbuster.held.requests").gauge().value() == 1);

        // When
        var second = CompletableFuture.supplyAsync(() -> edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: twice"));
        await().until(() -> edge.metrics.get("doorbuster.held.requests").gauge().value() == 2);
        edge.decider.resume();

        // Then
        assertThat(first.join().status()).isEqualTo(201);
        assertThat(second.join().json()).isEqualTo(first.join().json());
        assertThat(edge.decider.seen().stream().filter(order -> order.key().equals("twice")))
                .hasSize(1);
    }

    @Test
    void returnsACountersRefusal() {
        // Given
        SaleId sale = edge.create(sale());
        edge.decider.refuse(sale, RefusalReason.NOT_ENOUGH_LEFT);

        // When
        Answer answer = edge.order(sale, "alice", 2, WAIT, "Idempotency-Key: refused");

        // Then
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.slug()).isEqualTo("not-enough-left");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Idempotency-Key")).isEqualTo("refused");
    }

    @Test
    void readsTheLedgerBeforeItReturnsACountersRefusal() {
        // Given
        SaleId sale = edge.create(sale());
        edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: mine");
        edge.decider.refuse(sale, RefusalReason.SOLD_OUT);

        // When
        Answer answer = edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: mine");

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void refusesWithASpentKeyWhatTheLedgerRejected() {
        // Given
        SaleId sale = edge.create(sale());
        edge.order(sale, "alice", 2, WAIT);

        // When
        Answer rejected = edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: one-more");
        Answer again = edge.order(sale, "alice", 1, WAIT, "Idempotency-Key: one-more");

        // Then
        assertThat(rejected.status()).isEqualTo(409);
        assertThat(rejected.slug()).isEqualTo("limit-reached");
        assertThat(again.slug()).isEqualTo("limit-reached");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(edge.get("/api/orders?saleId=" + sale, "alice", "buyer")
                        .json()
                        .getJsonArray("orders"))
                .extracting(order -> ((io.vertx.core.json.JsonObject) order).getString("status"))
                .containsExactly("REJECTED", "RESERVED");
    }

    @Test
    void refusesMoreThanTheSalesLimitAtOnce() {
        // Given
        SaleId sale = edge.create(sale("perBuyerLimit", 2));

        // When
        Answer answer = edge.order(sale, "greedy", 3, WAIT);

        // Then
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.slug()).isEqualTo("limit-reached");
        assertThat(edge.decider.seen()).noneMatch(order -> order.buyer().equals("greedy"));
    }

    @Test
    void closesTheGateOnceSoldOutButStillConfirmsGrantedOrders() {
        // Given
        SaleId sale = edge.create(sale("stock", 1));
        edge.order(sale, "winner", 1, WAIT, "Idempotency-Key: won");
        await().until(() -> edge.get("/api/sales/" + sale, "x", "buyer")
                .json()
                .getString("state")
                .equals("SOLD_OUT"));

        // When
        Answer late = edge.order(sale, "late", 1);
        Answer lateWithKey = edge.order(sale, "late", 1, "Idempotency-Key: too-late");
        Answer winner = edge.order(sale, "winner", 1, "Idempotency-Key: won");

        // Then
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.slug()).isEqualTo("sold-out");
        assertThat(late.header("Idempotency-Key")).isNotBlank();
        assertThat(late.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(lateWithKey.slug()).isEqualTo("sold-out");
        assertThat(winner.status()).isEqualTo(201);
        assertThat(winner.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(edge.decider.seen()).noneMatch(order -> order.buyer().equals("late"));
        assertThat(edge.metrics.get("doorbuster.gate.refusals").counter().count())
                .isPositive();
    }

    @Test
    void refusesOrdersOfSalesNotYetOrNoLongerOpen() {
        // Given
        SaleId future =
                edge.create(sale("opensAt", Instant.now().plusSeconds(3600).toString()));
        SaleId ended = edge.create(sale());
        edge.http.send("DELETE", "/api/sales/" + ended, null, RunningEdge.operator());

        // When
        Answer early = edge.order(future, "alice", 1);
        Answer late = edge.order(ended, "alice", 1, "Idempotency-Key: k");

        // Then
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.slug()).isEqualTo("sale-not-open");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.slug()).isEqualTo("sale-closed");
    }

    @Test
    void knowsNoSaleThatIsNotThere() {
        // When
        Answer answer = edge.order(new SaleId("aaaaaaaaaaaaaaaa"), "alice", 1);

        // Then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.slug()).isEqualTo("unknown-sale");
        assertThat(answer.header("Idempotency-Key")).isNotBlank();
    }

    @Test
    void capsAPreferenceAndIgnoresOneThatIsNoNumber() {
        // Given
        SaleId sale = edge.create(sale());

        // When
        Answer capped = edge.order(sale, "alice", 1, "Prefer: respond-async, wait=86400");
        Answer ignored = edge.order(sale, "bob", 1, "Prefer: wait=soon");

        // Then
        assertThat(capped.status()).isEqualTo(201);
        assertThat(capped.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(ignored.status()).isIn(201, 202);
        assertThat(ignored.header("Preference-Applied")).isNull();
    }

    @Test
    void limitsTheRateOfOneBuyer() {
        // Given
        SaleId sale = edge.create(sale());

        // When
        Answer answer = edge.order(sale, "hasty", 1);
        for (int i = 0; i < 100 && answer.status() != 429; i++) {
            answer = edge.order(sale, "hasty", 1);
        }

        // Then
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.slug()).isEqualTo("rate-limited");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        assertThat(edge.order(sale, "patient", 1, WAIT).status()).isEqualTo(201);
    }
}
