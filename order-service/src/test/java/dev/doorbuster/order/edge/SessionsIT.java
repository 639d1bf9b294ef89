package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-in over HTTP, and the rights of tokens. */
class SessionsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Vertx VERTX = Vertx.vertx();
    private static RunningEdge demo;
    private static RunningEdge strict;
    private static RunningEdge gated;

    @BeforeAll
    static void start() {
        demo = RunningEdge.start(VERTX, servers, "DOORBUSTER_TOKEN_LIFE_SECONDS", "1234");
        strict = RunningEdge.start(
                VERTX, servers, "DOORBUSTER_DEMO_LOGIN", "false", "DOORBUSTER_LOGIN_ATTEMPTS_BURST", "3");
        gated = RunningEdge.start(
                VERTX,
                servers,
                "DOORBUSTER_TRUSTED_PROXIES",
                "127.0.0.0/8, ::1",
                "DOORBUSTER_LOGIN_ATTEMPTS_BURST",
                "3");
    }

    @AfterAll
    static void stop() {
        demo.stop();
        gated.stop();
        strict.stop();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void acceptsAnyNameWithTheDemoLogIn() {
        // When
        Answer answer = logIn(demo, new JsonObject().put("name", "Zoë 🛒"));

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("token", "expiresInSeconds");
        assertThat(answer.json().getLong("expiresInSeconds")).isEqualTo(1234);
        Answer order =
                demo.post(demo.create(sale()), "{\"quantity\":1}", authorization(answer), JSON, "Prefer: wait=20");
        assertThat(order.status()).isEqualTo(201);
        assertThat(order.json().getString("buyer")).isEqualTo("Zoë 🛒");
    }

    @Test
    void requiresAPasswordOtherwise() {
        Answer answer = logIn(strict, new JsonObject().put("name", "alice"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.slug()).isEqualTo("forbidden");
    }

    @Test
    void letsTheOperatorInWithThePassword() {
        // When
        Answer answer = logIn(demo, new JsonObject().put("name", "operator").put("password", RunningEdge.PASSWORD));

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(demo.http
                        .send("POST", "/api/sales", sale().encode(), authorization(answer), JSON)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void neverLetsTheOperatorInWithoutThePassword() {
        assertThat(logIn(demo, new JsonObject().put("name", "operator")).status())
                .isEqualTo(401);
        assertThat(logIn(demo, new JsonObject().put("name", "operator").put("password", "wrong"))
                        .slug())
                .isEqualTo("unauthenticated");
        assertThat(logIn(demo, new JsonObject().put("name", "alice").put("password", RunningEdge.PASSWORD))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void boundsTheAttemptsAtThePassword() {
        // Given
        var guess = new JsonObject().put("name", "operator").put("password", "guess");

        // When
        Answer answer = logIn(strict, guess);
        for (int i = 0; i < 50 && answer.status() != 429; i++) {
            answer = logIn(strict, guess);
        }

        // Then
        assertThat(answer.slug()).isEqualTo("rate-limited");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }

    @Test
    void guessesBehindAGatewayLockNoOtherClientOut() {
        // Given: an attacker sends a forged address, and the gateway appends the true one
        var guess = new JsonObject().put("name", "operator").put("password", "guess");
        var right = new JsonObject().put("name", "operator").put("password", RunningEdge.PASSWORD);
        String guesser = "X-Forwarded-For: %d.1.1.1, 203.0.113.66";

        // When
        var guesses = new AtomicInteger();
        // The delay doubles with each failure, so that the next attempt is within it.
        await().until(() -> {
            Answer answer = logIn(gated, guess, guesser.formatted(guesses.incrementAndGet()));
            return answer.status() == 429 && Integer.parseInt(answer.header("Retry-After")) >= 4;
        });

        // Then
        assertThat(logIn(gated, right, guesser.formatted(99)).status()).isEqualTo(429);
        assertThat(logIn(gated, right, "X-Forwarded-For: 203.0.113.66, 198.51.100.7")
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"\"}",
                "{\"name\":\"   \"}",
                "{\"name\":\"a\\u0000b\"}",
                "{\"name\":\"a\\nb\"}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":7}",
                "{}"
            })
    void rejectsInvalidNames(String body) {
        assertThat(demo.http.send("POST", "/api/sessions", body, JSON).status()).isEqualTo(400);
        assertThat(logIn(demo, new JsonObject().put("name", "n".repeat(65))).status())
                .isEqualTo(400);
        assertThat(logIn(demo, new JsonObject().put("name", "🛒".repeat(65))).status())
                .isEqualTo(400);
    }

    private static Answer logIn(RunningEdge edge, JsonObject body, String... headers) {
        return edge.http.send("POST", "/api/sessions", body.encode(), RunningEdge.with(headers, JSON));
    }

    private static String authorization(Answer session) {
        return "Authorization: Bearer " + session.json().getString("token");
    }
}
