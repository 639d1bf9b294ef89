package dev.doorbuster.order.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.junit.OpenIdProvider;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final AuthConfig CONFIG = AuthConfig.fromEnv(
            new Environment(Map.of(
                    "DOORBUSTER_JWT_SECRET",
                    "a secret of this test, long enough",
                    "DOORBUSTER_TOKEN_LIFE_SECONDS",
                    "60")),
            true);

    private final Tokens tokens = new Tokens(null, CONFIG, Clock.systemUTC());

    @Test
    void verifiesTokensItIssued() {
        Caller caller = tokens.check("Bearer " + tokens.mint("alice", Set.of(Role.BUYER, Role.PAYMENTS)))
                .orElseThrow();

        assertThat(caller.name()).isEqualTo("alice");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.BUYER, Role.PAYMENTS);
        assertThat(caller.is(Role.OPERATOR)).isFalse();
    }

    @Test
    void forgetsATokenTheMomentItExpires() {
        // Given
        String token = "Bearer " + tokens.mint("alice", Set.of(Role.BUYER));
        var clock = new Object() {
            Instant now = Instant.now();
        };
        var checking = new Tokens(null, CONFIG, new Clock() {
            @Override
            public Instant instant() {
                return clock.now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        });
        assertThat(checking.check(token)).isPresent();

        // When
        clock.now = clock.now.plus(Duration.ofSeconds(61));

        // Then
        assertThat(checking.check(token)).isEmpty();
    }

    @Test
    void cachesAProvidersTokenOnceHoweverManyBlanksStandAroundItAndNoOwnToken() throws IOException {
        Vertx vertx = Vertx.vertx();
        try (OpenIdProvider provider = OpenIdProvider.start()) {
            // Given
            var ofShop = new Tokens(
                    vertx,
                    AuthConfig.fromEnv(
                            new Environment(Map.of(
                                    "DOORBUSTER_JWT_SECRET", "a secret of this test, long enough",
                                    "DOORBUSTER_OIDC_ISSUER", provider.issuer(),
                                    "DOORBUSTER_OIDC_AUDIENCE", "lamp-shop")),
                            true),
                    Clock.systemUTC());
            String token = provider.token("alice", "lamp-shop");
            Caller alice = ofShop.verify("Bearer " + token)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();

            // When
            for (int blanks = 0; blanks < 10; blanks++) {
                assertThat(ofShop.check("Bearer " + " ".repeat(blanks) + token + " ".repeat(blanks)))
                        .containsSame(alice);
                assertThat(ofShop.check("Bearer " + ofShop.mint("bob " + blanks, Set.of(Role.BUYER))))
                        .isPresent();
            }

            // Then
            assertThat(ofShop.remembered()).isEqualTo(1);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void refusesATokenThatIsTooLongToBeRemembered() {
        String name = "a".repeat(64);
        var few = new Tokens(
                null,
                Overrides.in(config("DOORBUSTER_DEMO_LOGIN", "false"), "tokenLengthMax", "128"),
                Clock.systemUTC());

        assertThat(few.check("Bearer " + few.mint(name, Set.of(Role.BUYER)))).isEmpty();
        assertThat(tokens.check("Bearer " + tokens.mint(name, Set.of(Role.BUYER))))
                .isPresent();
    }

    @Test
    void refusesATokenOfAnotherAlgorithm() {
        String good = tokens.mint("alice", Set.of(Role.BUYER));
        String claims = good.substring(good.indexOf('.') + 1, good.lastIndexOf('.'));
        String signature = good.substring(good.lastIndexOf('.') + 1);

        for (String header : new String[] {"{\"alg\":\"none\"}", "{\"alg\":\"HS512\"}", "{\"alg\":\"RS256\"}"}) {
            String other =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.US_ASCII))
                            + "." + claims + ".";
            assertThat(tokens.check("Bearer " + other + signature)).isEmpty();
            assertThat(tokens.check("Bearer " + other)).isEmpty();
        }
    }

    private static AuthConfig config(String name, String value) {
        return AuthConfig.fromEnv(
                new Environment(Map.of("DOORBUSTER_JWT_SECRET", "a secret of this test, long enough", name, value)),
                true);
    }

    @Test
    void refusesAnotherSecretsTokenAndOneWithAByteChanged() {
        AuthConfig other = AuthConfig.fromEnv(
                new Environment(Map.of("DOORBUSTER_JWT_SECRET", "another secret, which is long enough")), true);
        String forged = new Tokens(null, other, Clock.systemUTC()).mint("alice", Set.of(Role.OPERATOR));
        String good = tokens.mint("alice", Set.of(Role.BUYER));
        char last = good.charAt(good.length() - 2);

        assertThat(tokens.check("Bearer " + forged)).isEmpty();
        assertThat(tokens.check("Bearer " + good.substring(0, good.length() - 2) + (last == 'A' ? 'B' : 'A') + "A"))
                .isEmpty();
        assertThat(tokens.check(good)).isEmpty();
        assertThat(tokens.check(null)).isEmpty();
    }
}
