package dev.doorbuster.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final BearerTokens tokens = new BearerTokens(new TokenConfig(SECRET));

    @Test
    void knowsWhatItMade() {
        // Given
        String token = tokens.mint(alice(), MINUTE);

        // When
        BearerTokens.Identity alice = tokens.check(token).orElseThrow();

        // Then
        assertThat(alice.name()).isEqualTo("alice");
        assertThat(alice.roles()).containsExactly("buyer");
        assertThat(alice.expiresAt()).isBetween(Instant.now(), Instant.now().plus(MINUTE));
    }

    @Test
    void findsATokenInItsHeader() {
        assertThat(BearerTokens.in("Bearer abc")).contains("abc");
        assertThat(BearerTokens.in("bearer  abc ")).contains("abc");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearers abc", "Basic YWxpY2U6cHc=", "abc"})
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
        var others = new BearerTokens(new TokenConfig("another-secret-another-secret-xx"));

        assertThat(tokens.check(others.mint(alice(), MINUTE))).isEmpty();
    }

    @Test
    void refusesATokenThatHasExpired() {
        assertThat(tokens.check(tokens.mint(alice(), MINUTE.negated()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"any\":1", "\"exp\":\"tomorrow\"", "\"exp\":null", "\"exp\":[1]"})
    void refusesATokenThatWouldNeverExpire(String expiry) throws GeneralSecurityException {
        assertThat(tokens.check(signed(claims("\"alice\"", expiry)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exp\":9223372036854775807",
                "\"exp\":9000000000000000000",
                "\"exp\":253402300800",
                "\"exp\":92233720368547758070",
                "\"exp\":1e300",
                "\"exp\":-1",
                "\"exp\":99999999999,\"nbf\":-9223372036854775808",
                "\"exp\":99999999999,\"nbf\":9223372036854775807",
                "\"exp\":99999999999,\"nbf\":\"now\"",
                "\"exp\":99999999999,\"iat\":-9223372036854775808",
                "\"exp\":99999999999,\"iat\":9223372036854775807",
                "\"exp\":99999999999,\"iat\":true"
            })
    void refusesATimeThatNoCalendarHas(String times) throws GeneralSecurityException {
        assertThat(tokens.check(signed(claims("\"alice\"", times)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "nbf"})
    void allowsForClocksThatDiffer(String claim) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();

        assertThat(tokens.check(signed(timed(claim, now + 10)))).isPresent();
        assertThat(tokens.check(signed(timed(claim, now - 600)))).isPresent();
        assertThat(tokens.check(signed(timed(claim, now + 600)))).isEmpty();
    }

    @Test
    void refusesATokenThatWantsAnExtensionUnderstood() throws GeneralSecurityException {
        String claims = claims("\"alice\"", "\"exp\":99999999999");

        assertThat(tokens.check(signed("{\"alg\":\"HS256\",\"kid\":\"any\"}", claims)))
                .isPresent();
        assertThat(tokens.check(signed("{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":true}", claims)))
                .isEmpty();
        assertThat(tokens.check(signed("{\"alg\":\"HS256\",\"crit\":null}", claims)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud800x\"",
                "\"\"",
                "\" \"",
                "\"\\u200b\"",
                "\"\\ufeff\"",
                "\"alice\\n\"",
                "\"a\\u0000b\"",
                "7",
                "null",
                "[\"alice\"]"
            })
    void refusesASubjectThatIsNoName(String subject) throws GeneralSecurityException {
        assertThat(tokens.check(signed(claims(subject, "\"exp\":99999999999")))).isEmpty();
    }

    @Test
    void refusesANameThatIsTooLongAndATokenWithoutRoles() throws GeneralSecurityException {
        String expiry = "\"exp\":99999999999";

        assertThat(tokens.check(signed(claims("\"" + "x".repeat(64) + "\"", expiry))))
                .isPresent();
        assertThat(tokens.check(signed(claims("\"" + "x".repeat(65) + "\"", expiry))))
                .isEmpty();
        assertThat(tokens.check(signed("{\"sub\":\"alice\"," + expiry + "}"))).isEmpty();
        assertThat(tokens.check(signed("{\"sub\":\"alice\",\"roles\":\"buyer\"," + expiry + "}")))
                .isEmpty();
    }

    private static JsonObject alice() {
        return new JsonObject().put("sub", "alice").put("roles", new JsonArray().add("buyer"));
    }

    private static String claims(String subject, String times) {
        return "{\"sub\":" + subject + ",\"roles\":[\"buyer\"]," + times + "}";
    }

    private static String timed(String claim, long seconds) {
        return claims("\"alice\"", "\"exp\":99999999999,\"" + claim + "\":" + seconds);
    }

    @Test
    void refusesAnUnsignedToken() {
        String header = base64("{\"alg\":\"none\",\"typ\":\"JWT\"}");

        assertThat(tokens.check(header + "." + base64(claims("\"alice\"", "\"exp\":99999999999")) + "."))
                .isEmpty();
    }

    /** A token with any claims, signed with the secret. */
    private static String signed(String claims) throws GeneralSecurityException {
        return signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims);
    }

    private static String signed(String header, String claims) throws GeneralSecurityException {
        String content = base64(header) + "." + base64(claims);
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
