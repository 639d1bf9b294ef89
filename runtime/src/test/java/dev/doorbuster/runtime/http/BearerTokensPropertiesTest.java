package dev.doorbuster.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BearerTokensPropertiesTest {
    private static final long SEED = 7519;
    private static final int CASES = 5_000;
    private static final Vertx VERTX = Vertx.vertx();

    private final Random random = new Random(SEED);
    private final BearerTokens tokens = new BearerTokens(VERTX, new TokenConfig("0123456789abcdef0123456789abcdef"));
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
            tokens.check(changed.toString())
                    .ifPresent(accepted ->
                            assertThat(accepted).as(changed.toString()).isEqualTo(alice));
        }
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
