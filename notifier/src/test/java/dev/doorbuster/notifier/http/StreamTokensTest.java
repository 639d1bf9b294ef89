package dev.doorbuster.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.runtime.http.TokenConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Vertx vertx = Vertx.vertx();
    private final StreamTokens tokens = new StreamTokens(vertx, new TokenConfig(SECRET));

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void knowsTheBearerOfAGoodToken() {
        String token = token(SECRET, claims("alice"), 60);

        assertThat(tokens.check("Bearer " + token))
                .hasValueSatisfying(caller -> assertThat(caller.name()).isEqualTo("alice"));
        assertThat(tokens.check("bearer " + token)).isPresent();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic YWxpY2U6cHc=", "Bearer ..."})
    void doesNotKnowWhoBringsNone(String header) {
        assertThat(tokens.check(header)).isEmpty();
    }

    @Test
    void refusesAnotherSecretsSignature() {
        String token = token("another-secret-another-secret-xx", claims("alice"), 60);

        assertThat(tokens.check("Bearer " + token)).isEmpty();
    }

    @Test
    void refusesATokenThatHasExpired() {
        assertThat(tokens.check("Bearer " + token(SECRET, claims("alice"), -60)))
                .isEmpty();
    }

    @Test
    void refusesAnUnsignedToken() {
        String header = base64("{\"alg\":\"none\",\"typ\":\"JWT\"}");
        String claims = base64("{\"sub\":\"alice\",\"exp\":99999999999,\"roles\":[\"buyer\"]}");

        assertThat(tokens.check("Bearer " + header + "." + claims + ".")).isEmpty();
    }

    @Test
    void refusesASubjectThatIsNoName() {
        assertThat(tokens.check("Bearer " + token(SECRET, claims(""), 60))).isEmpty();
        assertThat(tokens.check("Bearer " + token(SECRET, claims("x".repeat(65)), 60)))
                .isEmpty();
        assertThat(tokens.check("Bearer " + token(SECRET, new JsonObject().put("sub", 7), 60)))
                .isEmpty();
        assertThat(tokens.check("Bearer " + token(SECRET, new JsonObject(), 60)))
                .isEmpty();
    }

    private static JsonObject claims(String name) {
        return new JsonObject().put("sub", name).put("roles", new JsonArray().add("buyer"));
    }

    private String token(String secret, JsonObject claims, int expiresInSeconds) {
        var key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(secret));
        return JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key))
                .generateToken(claims, new JWTOptions().setAlgorithm("HS256").setExpiresInSeconds(expiresInSeconds));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
