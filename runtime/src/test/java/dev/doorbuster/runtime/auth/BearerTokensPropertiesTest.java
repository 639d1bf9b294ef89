package dev.doorbuster.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensPropertiesTest {
    private static final long SEED = 7519;
    private static final int CASES = 5_000;
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Vertx VERTX = Vertx.vertx();

    private final Random random = new Random(SEED);
    private final BearerTokens tokens = new BearerTokens(new TokenConfig(SECRET));
    private final JWTAuth library = JWTAuth.create(
            VERTX,
            new JWTAuthOptions()
                    .addPubSecKey(new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(SECRET))));
    private final String token = tokens.mint(
            new JsonObject().put("sub", "alice").put("roles", new JsonArray().add("buyer")), Duration.ofMinutes(10));

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The last character of a part carries bits that belong to no byte, so that a changed text may be the same token. */
    @Test
    void aChangedTokenIsNoOneElse() {
        BearerTokens.Identity alice = tokens.check(token).orElseThrow();
        for (int i = 0; i < CASES; i++) {
            var changed = new StringBuilder(token);
            int at = random.nextInt(token.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.setCharAt(at, (char) (0x20 + random.nextInt(0x5f)));
                case 1 -> changed.deleteCharAt(at);
                default -> changed.insert(at, (char) random.nextInt(0x300));
            }
            Optional<BearerTokens.Identity> accepted = tokens.check(changed.toString());
            assertThat(accepted.isPresent()).as(changed.toString()).isEqualTo(libraryAccepts(changed.toString()));
            accepted.ifPresent(
                    identity -> assertThat(identity).as(changed.toString()).isEqualTo(alice));
        }
    }

    /** The library decides by its own parser; a critical extension and a name are the rules that only this project has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\"}",
                "{\"typ\":\"at+jwt\",\"alg\":\"HS256\",\"kid\":\"1\"}",
                "{\"alg\":\"HS384\"}",
                "{\"alg\":\"none\"}",
                "{\"alg\":null}",
                "{\"alg\":[\"HS256\"]}",
                "{}",
                "[]",
                "HS256",
                "{\"alg\":\"HS256\""
            })
    void acceptsTheHeadersThatTheLibraryAccepts(String header) throws GeneralSecurityException {
        String content = base64(header.getBytes(StandardCharsets.UTF_8))
                + token.substring(token.indexOf('.'), token.lastIndexOf('.'));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));

        assertThat(tokens.check(signed).isPresent()).isEqualTo(libraryAccepts(signed));
    }

    @Test
    void theLibraryReadsWhatIsMade() {
        var user = library.authenticate(new TokenCredentials(token));

        assertThat(user.succeeded()).isTrue();
        assertThat(user.result().subject()).isEqualTo("alice");
    }

    private boolean libraryAccepts(String text) {
        try {
            return library.authenticate(new TokenCredentials(text)).succeeded();
        } catch (RuntimeException e) {
            // the library's answer to a header that is no object, or has another type of value
            return false;
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void anyTextIsNoToken() {
        String letters = "eyJ.hbGciOi-_= \u0000\u00e4";
        for (int i = 0; i < CASES; i++) {
            String text = random.ints(random.nextInt(40), 0, letters.length())
                    .mapToObj(each -> letters.substring(each, each + 1))
                    .reduce("", String::concat);

            assertThat(tokens.check(text)).as(text).isEmpty();
            assertThat(BearerTokens.in(text)).as(text).isEmpty();
            assertThat(BearerTokens.in("bEARER " + text)).as(text).contains(text.trim());
        }
    }
}
