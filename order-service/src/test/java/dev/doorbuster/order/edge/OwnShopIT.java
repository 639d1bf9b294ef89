package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.junit.OpenIdProvider;
import dev.doorbuster.devservices.junit.OpenIdProvider.SigningKey;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.edge.RawHttp.Answer;
import dev.doorbuster.runtime.http.BodySignature;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An edge behind a shop of its own: its log-in, its payment provider, its pages, and no demo log-in. */
class OwnShopIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final String AUDIENCE = "lamp-shop";
    private static final String OLD_SECRET = "whsec_the_secret_before_the_rotation";
    private static final String SECRET = "whsec_the_secret_after_the_rotation_";
    private static final String ORIGIN = "Origin: https://shop.example";
    private static final String WAIT = "Prefer: wait=20";
    private static final Vertx VERTX = Vertx.vertx();
    private static OpenIdProvider provider;
    private static RunningEdge edge;
    private static String saleId;

    @BeforeAll
    static void start() throws IOException {
        provider = OpenIdProvider.start();
        edge = RunningEdge.start(
                VERTX,
                servers,
                "DOORBUSTER_DEMO_LOGIN",
                "false",
                "DOORBUSTER_OIDC_ISSUER",
                provider.issuer(),
                "DOORBUSTER_OIDC_AUDIENCE",
                AUDIENCE,
                "DOORBUSTER_PAYMENT_SECRETS",
                SECRET + "," + OLD_SECRET,
                "DOORBUSTER_CORS_ORIGINS",
                "https://shop.example",
                "DOORBUSTER_SHOP_URL",
                "https://shop.example/doorbuster");
        saleId = edge.http
                .send("POST", "/api/sales", sale().encode(), operator(), JSON)
                .json()
                .getString("saleId");
    }

    @AfterAll
    static void stop() {
        edge.stop();
        provider.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aBuyerOfTheShopOrdersAndIsNoOperator() {
        // When
        Answer order = order("alice");

        // Then
        assertThat(order.status()).as(order.body()).isEqualTo(201);
        assertThat(order.json().getString("buyer")).isEqualTo("alice");
        String pretended = "Authorization: Bearer " + provider.token("alice", AUDIENCE, "roles", "[\"operator\"]");
        assertThat(edge.http
                        .send("POST", "/api/sales", sale().encode(), pretended, JSON)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theProblemSaysWhyATokenIsNotAccepted() {
        assertRefused(provider.token("alice", "another-shop"), "its \"aud\" does not contain lamp-shop");
        assertRefused(provider.token("alice", AUDIENCE, "iss", "\"https://x.example\""), "its \"iss\" is not");
        assertRefused(provider.token("alice", AUDIENCE, "exp", "1000000000"), "it has expired");
    }

    /** A page would log the buyer out. */
    @Test
    void aTokenWhoseKeyMayBeNewIsNotRefusedUntilTheKeysWereReadAgain() {
        // Given
        String token = provider.token(SigningKey.of("ES256"), "alice", AUDIENCE);
        // either reads the keys, or they were just read
        Answer first = ordersOf(token);

        // When
        Answer second = ordersOf(token);

        // Then
        assertThat(first.status()).isIn(401, 503);
        assertThat(second.status()).isEqualTo(503);
        assertThat(second.json().getString("type")).isEqualTo("/problems/overloaded");
        assertThat(second.header("Retry-After")).isNotNull();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertRefused(token, "is none of " + provider.issuer()));
    }

    private static Answer ordersOf(String token) {
        return edge.http.send("GET", "/api/orders", null, "Authorization: Bearer " + token);
    }

    private static void assertRefused(String token, String why) {
        Answer answer = ordersOf(token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().getString("type")).isEqualTo("/problems/unauthenticated");
        assertThat(answer.json().getString("detail"))
                .startsWith("The token is not accepted: ")
                .contains(why);
    }

    @Test
    void aSignedEventPaysOnceHoweverOftenItComes() {
        // Given
        String order = order("bob").json().getString("id");
        String event = event("payment_intent.succeeded", "pi_1", order);

        // When
        Answer paid = send(event, SECRET, Instant.now());
        Answer again = send(event, OLD_SECRET, Instant.now());
        Answer checkedOut = send(
                event("checkout.session.completed", "cs_1", order, "payment_status", "paid", "payment_intent", "pi_1"),
                SECRET,
                Instant.now());

        // Then
        assertThat(paid.status()).as(paid.body()).isEqualTo(200);
        assertThat(paid.json().getString("status")).isEqualTo("PAID");
        assertThat(paid.json().getJsonObject("order").getString("status")).isEqualTo("PAID");
        for (Answer repeat : new Answer[] {again, checkedOut}) {
            assertThat(repeat.status()).isEqualTo(200);
            assertThat(repeat.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(repeat.json().getString("status")).isEqualTo("PAID");
        }
    }

    @Test
    void anotherPaymentOfAnOrderAndOneOfNoOrderAreDueBack() {
        // Given
        String order = order("carol").json().getString("id");
        Answer first = send(event("payment_intent.succeeded", "pi_2", order), SECRET, Instant.now());

        // When
        Answer second = send(event("payment_intent.succeeded", "pi_3", order), SECRET, Instant.now());
        Answer unknown = send(
                event("payment_intent.succeeded", "pi_4", "00000000-0000-4000-8000-000000000000"),
                SECRET,
                Instant.now());

        // Then: the provider does not repeat them
        assertThat(first.json().getString("status")).isEqualTo("PAID");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().getString("status")).isEqualTo("REFUND_DUE");
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.json().getString("status")).isEqualTo("REFUND_DUE");
    }

    @Test
    void aPaymentOfAnotherAmountOrCurrencyIsDueBackAndTheOrderStaysToBePaid() {
        // Given
        JsonObject order = order("gina").json();
        String id = order.getString("id");
        Object total = order.getLong("totalCents");

        // When
        Answer less = paid(id, "pi_10", "amount_received", 1, "currency", "eur");
        Answer foreign = paid(id, "pi_11", "amount_received", total, "currency", "jpy");
        Answer malformed = paid(id, "pi_12", "amount_received", "4900");
        Answer checkedOut = send(
                event(
                        "checkout.session.completed",
                        "cs_3",
                        id,
                        "payment_status",
                        "paid",
                        "amount_total",
                        1,
                        "currency",
                        "eur"),
                SECRET,
                Instant.now());

        // Then
        for (Answer dueBack : new Answer[] {less, foreign, checkedOut}) {
            assertThat(dueBack.status()).as(dueBack.body()).isEqualTo(200);
            assertThat(dueBack.json().getString("status")).isEqualTo("REFUND_DUE");
            assertThat(dueBack.json().getJsonObject("order").getString("status"))
                    .isEqualTo("RESERVED");
        }
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.json().getString("detail")).contains("data.object.amount_received");

        // When, Then
        Answer right = paid(id, "pi_13", "amount_received", total, "currency", "eur");
        assertThat(right.json().getString("status")).as(right.body()).isEqualTo("PAID");
    }

    private static Answer paid(String order, String payment, Object... more) {
        return send(event("payment_intent.succeeded", payment, order, more), SECRET, Instant.now());
    }

    @Test
    void anEventThatIsNotSignedHereIsRefusedAndChangesNothing() {
        // Given
        String order = order("dave").json().getString("id");
        String event = event("payment_intent.succeeded", "pi_5", order);
        Instant now = Instant.now();

        // When, Then
        assertNotTaken(send(event, "a secret that is not configured here", now), "not that of this body");
        assertNotTaken(send(event, SECRET, now.minusSeconds(600)), "timestamp is more than 300 seconds");
        assertNotTaken(edge.http.send("POST", "/api/payment-events", event, JSON), "the signature is missing");
        assertNotTaken(
                edge.http.send("POST", "/api/payment-events", event + " ", JSON, signature(event, SECRET, now)),
                "not that of this body");
        assertThat(edge.http
                        .send("GET", "/api/orders/" + order, null, operator())
                        .json()
                        .getString("status"))
                .isEqualTo("RESERVED");
    }

    private static void assertNotTaken(Answer answer, String why) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.json().getString("detail")).contains(why);
    }

    @Test
    void aProviderWithATokenNeedsNoSignatureAndABuyerIsNone() {
        String order = order("erin").json().getString("id");
        String event = event("payment_intent.succeeded", "pi_6", order);

        Answer refused = edge.http.send("POST", "/api/payment-events", event, JSON, buyer("erin"));
        Answer paid = edge.http.send("POST", "/api/payment-events", event, JSON, bearer("provider", "payments"));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(paid.json().getString("status")).as(paid.body()).isEqualTo("PAID");
    }

    @Test
    void eventsThatAreNoPaymentOfAnOrderAreIgnoredAndThoseThatCannotBeReadRefused() {
        String order = "00000000-0000-4000-8000-000000000001";
        Instant now = Instant.now();

        Answer other = send(event("charge.refunded", "ch_1", order), SECRET, now);
        Answer unpaid =
                send(event("checkout.session.completed", "cs_2", order, "payment_status", "unpaid"), SECRET, now);
        Answer foreign = send(
                "{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":{\"id\":\"pi_7\"}}}",
                SECRET,
                now);
        Answer malformed = send(event("payment_intent.succeeded", "pi_8", "order-17"), SECRET, now);
        Answer tooLarge = send(event("payment_intent.succeeded", "pi_9", "x".repeat(70_000)), SECRET, now);

        for (Answer ignored : new Answer[] {other, unpaid, foreign}) {
            assertThat(ignored.status()).as(ignored.body()).isEqualTo(200);
            assertThat(ignored.json().getBoolean("taken")).isFalse();
        }
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.json().getString("detail")).contains("data.object.metadata.order");
        assertThat(tooLarge.status()).isEqualTo(413);
    }

    @Test
    void pagesOfTheShopMayUseTheApiAndOthersMayNot() {
        // When
        Answer preflight = edge.http.send(
                "OPTIONS",
                "/api/sales/" + saleId + "/orders",
                null,
                ORIGIN,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,idempotency-key");
        Answer order = edge.http.send(
                "POST", "/api/sales/" + saleId + "/orders", "{\"quantity\":1}", buyer("frank"), JSON, WAIT, ORIGIN);
        Answer other = edge.http.send("GET", "/api/sales", null, "Origin: https://elsewhere.example");

        // Then
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
        assertThat(order.status()).isEqualTo(201);
        assertThat(order.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
        assertThat(order.header("Access-Control-Expose-Headers")).contains("Idempotency-Key");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.json().getString("detail")).startsWith("Pages of this origin may not use the API");
    }

    /** A browser sends no others for a page, and shows it no others of a response. */
    @Test
    void pagesOfTheShopMaySendEveryHeaderOfTheDocumentAndReadThoseOfResponses() {
        // Given
        String document = edge.http.send("GET", "/openapi.yaml", null).body();
        Set<String> sent = Pattern.compile("name: (\\S+)\\s+in: header")
                .matcher(document)
                .results()
                .map(parameter -> parameter.group(1))
                // of a payment provider, which is no page
                .filter(name -> !name.equals("Stripe-Signature"))
                .collect(toSet());

        // When
        Answer preflight = edge.http.send(
                "OPTIONS",
                "/api/sales/" + saleId + "/orders",
                null,
                ORIGIN,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: queue-pass");
        Answer sales = edge.http.send("GET", "/api/sales", null, ORIGIN);

        // Then
        assertThat(sent).contains("Queue-Pass", "Idempotency-Key", "Prefer");
        assertThat(preflight.header("Access-Control-Allow-Headers").split(", *"))
                .contains("Authorization", "Content-Type")
                .containsAll(sent);
        assertThat(sales.header("Access-Control-Expose-Headers").split(", *"))
                .contains(
                        "Content-Disposition",
                        "Idempotency-Key",
                        "Idempotency-Replayed",
                        "Link",
                        "Location",
                        "Preference-Applied",
                        "Retry-After");
    }

    @Test
    void pagesLearnWhereTheShopIs() {
        JsonObject shop = edge.http.send("GET", "/api/shop", null).json();

        assertThat(shop.getString("shopUrl")).isEqualTo("https://shop.example/doorbuster");
        assertThat(shop.getBoolean("demoLogin")).isFalse();
    }

    private static Answer order(String name) {
        return edge.http.send("POST", "/api/sales/" + saleId + "/orders", "{\"quantity\":1}", buyer(name), JSON, WAIT);
    }

    private static String buyer(String name) {
        return "Authorization: Bearer " + provider.token(name, AUDIENCE);
    }

    private static Answer send(String event, String secret, Instant at) {
        return edge.http.send("POST", "/api/payment-events", event, JSON, signature(event, secret, at));
    }

    private static String signature(String event, String secret, Instant at) {
        return "Stripe-Signature: t=" + at.getEpochSecond() + "," + BodySignature.of(secret, at, Buffer.buffer(event));
    }

    private static String event(String type, String id, String order, Object... more) {
        var object = new JsonObject().put("id", id).put("metadata", new JsonObject().put("order", order));
        for (int i = 0; i < more.length; i += 2) {
            object.put((String) more[i], more[i + 1]);
        }
        return new JsonObject()
                .put("id", "evt_" + id)
                .put("type", type)
                .put("data", new JsonObject().put("object", object))
                .encode();
    }
}
