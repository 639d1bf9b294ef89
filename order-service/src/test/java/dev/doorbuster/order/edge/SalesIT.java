package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.edge.RawHttp.Answer;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.waitingroom.Draw;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An operator's requests about sales over HTTP. */
class SalesIT extends OneEdge {
    private static final String WAITING_FOR_LOCKS =
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    private static final String WAIT = "Prefer: wait=20";
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void makesASaleThatAcceptsAtOnce() {
        // When
        Answer created = edge.http.send(
                "POST", "/api/sales", sale("counter", "memcached").encode(), operator(), JSON);

        // Then
        assertThat(created.status()).isEqualTo(201);
        JsonObject sale = created.json();
        assertThat(created.header("Location")).isEqualTo("/api/sales/" + sale.getString("saleId"));
        assertThat(sale.fieldNames())
                .containsExactlyInAnyOrder(
                        "saleId",
                        "title",
                        "priceCents",
                        "currency",
                        "stock",
                        "available",
                        "perBuyerLimit",
                        "opensAt",
                        "closesAt",
                        "holdSeconds",
                        "counter",
                        "state",
                        "waitingRoom",
                        "raffle",
                        "description",
                        "image");
        assertThat(sale.getString("state")).isEqualTo("OPEN");
        assertThat(sale.getLong("available")).isEqualTo(100);
        assertThat(sale.getString("counter")).isEqualTo("memcached");
        assertThat(edge.order(new SaleId(sale.getString("saleId")), "alice", 1, WAIT)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void showsASaleAndListsIt() {
        // Given
        SaleId id = edge.create(sale("title", "Shown to everybody"));
        edge.order(id, "alice", 2, WAIT);

        // When
        await().untilAsserted(
                        () -> assertThat(show(id).json().getLong("available")).isEqualTo(98));
        Answer list = edge.http.send("GET", "/api/sales", null);

        // Then
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.json().getJsonArray("sales"))
                .anySatisfy(sale ->
                        assertThat(((JsonObject) sale).getString("saleId")).isEqualTo(id.value()));
        assertThat(edge.http.send("GET", "/api/sales/aaaaaaaaaaaaaaaa", null).slug())
                .isEqualTo("unknown-sale");
    }

    @Test
    void rafflesUnitsInTheDrawnOrderAndOffersReturnedOnesToTheNext() {
        // Given
        SaleId id = edge.create(sale(
                "stock",
                3,
                "raffle",
                true,
                "opensAt",
                Instant.now().plusSeconds(3600).toString()));
        List<String> buyers = IntStream.range(0, 8).mapToObj(i -> "raffle-" + i).toList();
        var names = new HashMap<String, String>();
        for (String buyer : buyers) {
            JsonObject entry = raffle("POST", id, buyer).json();
            assertThat(entry.getString("result")).isEqualTo("ENTERED");
            assertThat(raffle("POST", id, buyer).json()).isEqualTo(entry);
            names.put(entry.getString("entrant"), buyer);
        }
        assertThat(raffle("GET", id, "mallory").json().getString("result")).isEqualTo("NOT_ENTERED");
        assertThat(raffle("DELETE", id, "mallory").json().getString("result")).isEqualTo("NOT_ENTERED");
        assertThat(raffle("DELETE", id, "raffle-0").json().getString("result")).isEqualTo("WITHDRAWN");
        assertThat(raffle("POST", id, "raffle-0").json().getString("result")).isEqualTo("ENTERED");
        String gone = raffle("POST", id, "raffle-8").json().getString("entrant");
        for (int i = 0; i < 2; i++) {
            assertThat(raffle("DELETE", id, "raffle-8").json().getString("result"))
                    .isEqualTo("WITHDRAWN");
        }
        assertThat(draw(id).getBoolean("drawn")).isFalse();
        assertThat(draw(id).getString("seed")).isNull();

        // When
        patch(id, new JsonObject().put("opensAt", Instant.now().plusSeconds(1).toString()));
        await().atMost(SOON).until(() -> draw(id).getJsonArray("winners").size() == 3);

        // Then
        JsonObject draw = draw(id);
        List<String> order = Draw.order(draw.getString("seed"), names.keySet());
        assertThat(Draw.commitment(draw.getString("seed"))).isEqualTo(draw.getString("commitment"));
        assertThat(draw.getJsonArray("order")).isEqualTo(new JsonArray(order));
        assertThat(draw.getJsonArray("winners")).isEqualTo(new JsonArray(order.subList(0, 3)));
        assertThat(draw.getJsonArray("withdrawn")).containsExactly(gone);
        assertThat(List.of(draw.getInteger("entrants"), draw.getInteger("withdrawals")))
                .containsExactly(8, 1);
        for (String[] late : new String[][] {{"DELETE", "raffle-1"}, {"POST", "raffle-8"}}) {
            assertThat(raffle(late[0], id, late[1]).slug()).isEqualTo("raffle-closed");
        }
        assertThat(raffle("GET", id, "raffle-8").json().getString("result")).isEqualTo("WITHDRAWN");
        assertThat(show(id).json().getLong("available")).isZero();
        JsonObject won = raffle("GET", id, names.get(order.get(0))).json();
        assertThat(won.getString("result")).isEqualTo("WON");
        JsonObject next = raffle("GET", id, names.get(order.get(3))).json();
        assertThat(next.getString("result")).isEqualTo("NEXT");
        assertThat(next.getInteger("place")).isEqualTo(4);
        assertThat(raffle("POST", id, "mallory").slug()).isEqualTo("raffle-closed");
        assertThat(edge.order(id, "mallory", 1, "Idempotency-Key: a").slug()).isIn("sold-out", "raffle-only");

        // When
        assertThat(edge.cancel(won.getString("orderId"), names.get(order.get(0)), WAIT)
                        .status())
                .isEqualTo(200);
        await().atMost(SOON).until(() -> draw(id).getJsonArray("winners").size() == 4);
        assertThat(draw(id).getJsonArray("winners")).isEqualTo(new JsonArray(order.subList(0, 4)));
        assertThat(edge.http
                        .send("DELETE", "/api/sales/" + id, null, operator())
                        .status())
                .isEqualTo(200);

        // Then: an offer may still be decided
        assertThat(raffle("GET", id, names.get(order.get(4))).json().getString("result"))
                .isEqualTo("NEXT");

        // When, Then
        TestDatabase.await(edge.database
                .pool()
                .preparedQuery("UPDATE raffle_entries SET settled_at = now() WHERE sale_id = $1")
                .execute(Tuple.of(id.value())));
        assertThat(raffle("GET", id, names.get(order.get(4))).json().getString("result"))
                .isEqualTo("LOST");
        assertThat(edge.decider.seen(id).stream().map(OrderPlaced::orderId).distinct())
                .hasSize(4);
    }

    @Test
    void refusesOrdersOfARaffleAndRafflesThatCannotBe() {
        // Given
        String later = Instant.now().plusSeconds(3600).toString();
        SaleId id = edge.create(sale("raffle", true, "opensAt", later));
        patch(id, new JsonObject().put("opensAt", Instant.now().plusSeconds(1).toString()));
        await().atMost(SOON).until(() -> show(id).json().getString("state").equals("OPEN"));

        // When, Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(edge.order(id, "alice", 1).slug()).isEqualTo("raffle-only"));
        assertThat(draw(id).getBoolean("drawn")).as("none entered").isTrue();
        assertThat(raffle("GET", edge.create(sale()), "alice").slug()).isEqualTo("no-raffle");
        for (JsonObject wrong : List.of(
                sale("raffle", true),
                sale("raffle", true, "opensAt", later, "waitingRoom", new JsonObject().put("admitPerSecond", 1)))) {
            assertThat(edge.http
                            .send("POST", "/api/sales", wrong.encode(), operator(), JSON)
                            .slug())
                    .isEqualTo("invalid-request");
        }
    }

    private static Answer raffle(String method, SaleId sale, String buyer) {
        return edge.http.send(method, "/api/sales/" + sale + "/raffle/entry", null, bearer(buyer, "buyer"));
    }

    private static JsonObject draw(SaleId sale) {
        return edge.http
                .send("GET", "/api/sales/" + sale + "/raffle/draw", null)
                .json();
    }

    @Test
    void editsASale() {
        // Given
        SaleId id = edge.create(sale());
        edge.order(id, "alice", 2, WAIT);

        // When
        Answer edited = patch(id, new JsonObject().put("stock", 50).put("title", "Fifty lamps"));
        Answer tooLow = patch(id, new JsonObject().put("stock", 1));
        Answer nothing = patch(id, new JsonObject());
        Answer opened = patch(
                id,
                new JsonObject().put("opensAt", Instant.now().plusSeconds(60).toString()));
        Answer past = patch(id, new JsonObject().put("closesAt", "2001-01-01T00:00:00Z"));
        Answer noDay = patch(id, new JsonObject().put("closesAt", "2031-02-30T00:00:00Z"));

        // Then
        assertThat(edited.status()).isEqualTo(200);
        assertThat(edited.json().getLong("stock")).isEqualTo(50);
        assertThat(edited.json().getLong("available")).isEqualTo(48);
        assertThat(show(id).json().getString("title")).isEqualTo("Fifty lamps");
        assertThat(tooLow.status()).isEqualTo(409);
        assertThat(tooLow.slug()).isEqualTo("stock-below-sold");
        assertThat(nothing.json().getJsonArray("errors")).containsExactly("at least one field must be given");
        assertThat(opened.status()).isEqualTo(400);
        assertThat(past.status()).isEqualTo(400);
        assertThat(noDay.status()).isEqualTo(400);
        assertThat(patch(new SaleId("aaaaaaaaaaaaaaaa"), new JsonObject().put("stock", 1))
                        .slug())
                .isEqualTo("unknown-sale");
    }

    @Test
    void takesTheEndOffASaleThatShallRunUntilItIsEnded() {
        // Given
        String end =
                Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
        SaleId id = edge.create(sale("closesAt", end));
        Answer untouched = patch(id, new JsonObject().put("stock", 50));

        // When
        Answer edited = patch(id, new JsonObject().putNull("closesAt"));

        // Then
        assertThat(untouched.json().getString("closesAt")).isEqualTo(end);
        assertThat(edited.status()).as(edited.body()).isEqualTo(200);
        assertThat(edited.json().getValue("closesAt")).isNull();
        assertThat(show(id).json().getValue("closesAt")).isNull();
    }

    @Test
    void endsASaleOnceAndForAll() {
        // Given
        SaleId id = edge.create(sale());

        // When
        Answer ended = edge.http.send("DELETE", "/api/sales/" + id, null, operator());
        Answer again = edge.http.send("DELETE", "/api/sales/" + id, null, operator());

        // Then
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.json().getString("state")).isEqualTo("CLOSED");
        assertThat(again.status()).isEqualTo(200);
        assertThat(edge.order(id, "alice", 1).slug()).isEqualTo("sale-closed");
        assertThat(patch(id, new JsonObject().put("stock", 500)).slug()).isEqualTo("sale-closed");
        assertThat(edge.http
                        .send("DELETE", "/api/sales/aaaaaaaaaaaaaaaa", null, operator())
                        .slug())
                .isEqualTo("unknown-sale");
    }

    @Test
    void pausesASaleWhileHoldsAndPaymentsGoOn() {
        // Given
        SaleId id = edge.create(sale());
        String held = edge.order(id, "holder", 1, WAIT).json().getString("id");
        String path = "/api/sales/" + id + "/pause";

        // When
        Answer paused = edge.http.send("POST", path, null, operator());

        // Then
        assertThat(paused.status()).as(paused.body()).isEqualTo(200);
        assertThat(paused.json().getString("state")).isEqualTo("PAUSED");
        assertThat(show(id).json().getString("state")).isEqualTo("PAUSED");
        assertThat(edge.http.send("GET", "/api/sales", null).body()).contains(id.value());
        for (String[] headers : new String[][] {{}, {"Idempotency-Key: during-the-pause"}}) {
            Answer refused = edge.order(id, "alice", 1, headers);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.slug()).isEqualTo("sale-paused");
            assertThat(refused.header("Retry-After")).isEqualTo("10");
        }
        assertThat(edge.pay(held, "while-paused", WAIT, bearer("holder", "buyer"))
                        .json()
                        .getString("status"))
                .isEqualTo("PAID");
        assertThat(patch(id, new JsonObject().put("title", "Paused lamps"))
                        .json()
                        .getString("state"))
                .isEqualTo("PAUSED");
        assertThat(edge.http.send("POST", path, null, operator()).status()).isEqualTo(200);

        // When
        Answer resumed = edge.http.send("DELETE", path, null, operator());

        // Then
        assertThat(resumed.json().getString("state")).isEqualTo("OPEN");
        assertThat(edge.order(id, "alice", 1, "Idempotency-Key: during-the-pause", WAIT)
                        .status())
                .isEqualTo(201);

        // When
        SaleId scheduled = edge.create(sale("opensAt", "2032-01-31T18:00:00Z"));

        // Then
        assertThat(edge.http
                        .send("POST", "/api/sales/" + scheduled + "/pause", null, operator())
                        .slug())
                .isEqualTo("sale-not-open");
    }

    @Test
    void deletesADraft() {
        // Given
        SaleId draft = edge.create(sale("opensAt", "2032-01-31T18:00:00Z"));
        Answer edited = patch(draft, new JsonObject().put("stock", 7));
        Answer verified = edge.get("/api/sales/" + draft + "/verification", "operator", "operator");
        String path = "/api/sales/" + draft + "/draft";

        // When
        Answer anonymous = edge.http.send("DELETE", path, null);
        Answer buyer = edge.http.send("DELETE", path, null, RunningEdge.bearer("alice", "buyer"));
        Answer deleted = edge.http.send("DELETE", path, null, operator());

        // Then
        assertThat(edited.status()).isEqualTo(200);
        assertThat(verified.status()).isEqualTo(200);
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(buyer.status()).isEqualTo(403);
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(204);
        assertThat(show(draft).slug()).isEqualTo("unknown-sale");
        assertThat(edge.http.send("GET", "/api/sales", null).body()).doesNotContain(draft.value());
        assertThat(edge.http.send("DELETE", path, null, operator()).slug()).isEqualTo("unknown-sale");
        assertThat(patch(draft, new JsonObject().put("stock", 8)).slug()).isEqualTo("unknown-sale");
    }

    /** The edge found the draft, and the ledger waited for the lock that its deletion held. */
    @Test
    void answersAnEditThatWasUnderWayWhenItsDraftWasDeleted() {
        // Given
        SaleId draft = edge.create(sale("opensAt", "2032-01-31T18:00:00Z"));
        SqlConnection deleting = wait(edge.database.pool().getConnection());
        Transaction deletion = wait(deleting.begin());
        wait(deleting.preparedQuery(LedgerSql.DELETE_DRAFT).execute(Tuple.of(draft.value())));

        // When
        var edited = CompletableFuture.supplyAsync(() -> patch(draft, new JsonObject().put("stock", 7)));
        await().until(() ->
                wait(edge.database.pool().query(WAITING_FOR_LOCKS).execute()).size() > 0);
        wait(deletion.commit());

        // Then
        Answer answer = edited.join();
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.slug()).isEqualTo("unknown-sale");
        assertThat(edge.get("/api/dead-letters", "operator", "operator").json().getJsonArray("letters"))
                .isEmpty();
        wait(deleting.close());
    }

    @CanIgnoreReturnValue
    private static <T> T wait(Future<T> future) {
        return TestDatabase.await(future);
    }

    @Test
    void deletesNoSaleThatHasOpenedOrHasOrders() {
        // Given
        SaleId open = edge.create(sale());
        SaleId ended = edge.create(sale());
        edge.http.send("DELETE", "/api/sales/" + ended, null, operator());
        SaleId ordered = edge.create(sale("opensAt", "2032-01-31T18:00:00Z"));
        TestDatabase.await(edge.database
                .pool()
                .query(
                        "INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted, counted,"
                                + " per_buyer_limit, status, reason, total_cents, placed_at, decided_at) VALUES"
                                + " (gen_random_uuid(), '" + ordered
                                + "', 'alice', 1, 'key', gen_random_uuid(), false, false, 1,"
                                + " 'REJECTED', 'invalid', 1, now(), now())")
                .execute());

        for (SaleId sale : new SaleId[] {open, ended, ordered}) {
            // When
            Answer answer = edge.http.send("DELETE", "/api/sales/" + sale + "/draft", null, operator());

            // Then
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.slug()).isEqualTo("sale-stays");
            assertThat(show(sale).status()).isEqualTo(200);
        }
    }

    @Test
    void makesNoSaleThatClosesBeforeItOpens() {
        Instant opens = Instant.now().plusSeconds(600);

        Answer answer = edge.http.send(
                "POST",
                "/api/sales",
                sale(
                                "opensAt",
                                opens.toString(),
                                "closesAt",
                                opens.minusSeconds(1).toString())
                        .encode(),
                operator(),
                JSON);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors").getString(0)).startsWith("\"closesAt\"");
    }

    @Test
    void keepsADraftOutOfListsAndSalesUntilItIsPublished() {
        // Given
        Answer created =
                edge.http.send("POST", "/api/sales", sale("draft", true).encode(), operator(), JSON);
        String path = "/api/sales/" + created.json().getString("saleId");

        // Then
        assertThat(created.json().getString("state")).isEqualTo("DRAFT");
        assertThat(edge.http.send("GET", "/api/sales", null).body()).doesNotContain(path.substring(11));
        assertThat(edge.http.send("GET", "/api/drafts", null, operator()).body())
                .contains(path.substring(11));
        assertThat(edge.http
                        .send("GET", "/api/drafts", null, bearer("alice", "buyer"))
                        .status())
                .isEqualTo(403);
        Answer order = edge.http.send("POST", path + "/orders", "{\"quantity\":1}", bearer("alice", "buyer"), JSON);
        assertThat(order.status()).isEqualTo(409);
        assertThat(order.json().getString("type")).isEqualTo("/problems/sale-not-open");
        assertThat(edge.http.send("DELETE", path, null, operator()).status()).isEqualTo(409);

        // When
        Answer published = edge.http.send("POST", path + "/publication", null, operator());

        // Then
        assertThat(published.status()).as(published.body()).isEqualTo(200);
        assertThat(published.json().getString("state")).isEqualTo("OPEN");
        assertThat(edge.http.send("GET", "/api/sales", null).body()).contains(path.substring(11));
        assertThat(edge.http.send("GET", "/api/drafts", null, operator()).body())
                .doesNotContain(path.substring(11));
        assertThat(edge.http
                        .send("POST", path + "/orders", "{\"quantity\":1}", bearer("alice", "buyer"), JSON, WAIT)
                        .status())
                .isEqualTo(201);
        assertThat(edge.http
                        .send("POST", path + "/publication", null, operator())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void deletesADraftWhoseTimeHasPassed() {
        // Given
        Answer created =
                edge.http.send("POST", "/api/sales", sale("draft", true).encode(), operator(), JSON);
        String path = "/api/sales/" + created.json().getString("saleId");
        // When, Then
        assertThat(edge.http.send("DELETE", path + "/draft", null, operator()).status())
                .isEqualTo(204);
    }

    @Test
    void makesNoSaleInWhatIsNoCurrency() {
        // When
        Answer refused =
                edge.http.send("POST", "/api/sales", sale("currency", "ZZZ").encode(), operator(), JSON);
        // Then
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getString("type")).isEqualTo("/problems/invalid-request");
        assertThat(refused.json().getJsonArray("errors"))
                .singleElement()
                .asString()
                .startsWith("\"currency\": must be a currency of ISO 4217, such as EUR");
    }

    @Test
    void listsABuyersOwnOrdersOnly() {
        // Given
        SaleId first = edge.create(sale());
        SaleId second = edge.create(sale());
        edge.order(first, "lister", 1, WAIT);
        edge.order(second, "lister", 2, WAIT);
        edge.order(first, "somebody-else", 1, WAIT);

        // When
        JsonObject all = edge.get("/api/orders", "lister", "buyer").json();
        JsonObject one =
                edge.get("/api/orders?saleId=" + first, "lister", "buyer").json();

        // Then
        assertThat(all.getJsonArray("orders")).hasSize(2);
        assertThat(one.getJsonArray("orders")).hasSize(1);
        assertThat(one.getJsonArray("orders").getJsonObject(0).getString("buyer"))
                .isEqualTo("lister");
    }

    private static Answer show(SaleId id) {
        return edge.http.send("GET", "/api/sales/" + id, null);
    }

    @CanIgnoreReturnValue
    private static Answer patch(SaleId id, JsonObject body) {
        return edge.http.send("PATCH", "/api/sales/" + id, body.encode(), operator(), JSON);
    }
}
