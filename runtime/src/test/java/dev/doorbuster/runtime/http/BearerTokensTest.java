package dev.doorbuster.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Vertx VERTX = Vertx.vertx();

    private final BearerTokens tokens = new BearerTokens(VERTX, new TokenConfig(SECRET));

    @AfterAll
    static void close() {
        Future<Void> unused = VERTX.close();
    }

    @Test
    void knowsWhatItMade() {
        // Given
        String token = tokens.mint(new JsonObject().put("sub", "alice"), MINUTE);

        // When
        BearerTokens.Claims claims = tokens.check(token).orElseThrow();

        // Then
        assertThat(claims.json().getString("sub")).isEqualTo("alice");
        assertThat(claims.expiresAt()).isBetween(Instant.now(), Instant.now().plus(MINUTE));
    }

    @Test
    void findsATokenInItsHeader() {
        assertThat(BearerTokens.in("Bearer abc")).contains("abc");
        assertThat(BearerTokens.in("bearer  abc ")).contains("abc");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Basic YWxpY2U6cHc=", "abc"})
    void findsNoneElsewhere(String header) {
        assertThat(BearerTokens.in(header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "..."})
    void refusesWhatIsNoToken(String token) {
        assertThat(tokens.check(token)).isEmpty();
    }

    @Test
    void refusesAnotherSecretsSignature() {
        var others = new BearerTokens(VERTX, new TokenConfig("another-secret-another-secret-xx"));

        assertThat(tokens.check(others.mint(new JsonObject(), MINUTE))).isEmpty();
    }

    @Test
    void refusesATokenThatHasExpired() {
        assertThat(tokens.check(tokens.mint(new JsonObject(), MINUTE.negated())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"sub\":\"alice\"}", "{\"exp\":\"tomorrow\"}", "{\"exp\":null}", "{\"exp\":[1]}"})
    void refusesATokenThatWouldNeverExpire(String claims) throws GeneralSecurityException {
        assertThat(tokens.check(signed(claims))).isEmpty();
    }

    @Test
    void takesAnExpiryFarBeyondAnyCalendar() throws GeneralSecurityException {
        assertThat(tokens.check(signed("{\"exp\":9000000000000000000}")))
                .hasValueSatisfying(claims ->
                        assertThat(claims.expiresAt()).isEqualTo(Instant.ofEpochSecond(Instant.MAX.getEpochSecond())));
    }

    @Test
    void refusesAnUnsignedToken() {
        String header = base64("{\"alg\":\"none\",\"typ\":\"JWT\"}");

        assertThat(tokens.check(header + "." + base64("{\"exp\":99999999999}") + "."))
                .isEmpty();
    }

    /** As somebody who has the secret would make it, with any claims. */
    private static String signed(String claims) throws GeneralSecurityException {
        String content = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
