package dev.doorbuster.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.devservices.junit.OpenIdProvider;
import dev.doorbuster.devservices.junit.OpenIdProvider.SigningKey;
import dev.doorbuster.runtime.auth.BearerTokens.Identity;
import dev.doorbuster.runtime.auth.TokenVerifier.TokenRefusedException;
import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a shop's OpenID provider, beside the own ones. */
class TokenVerifierTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String SHOP = "lamp-shop";

    private final Vertx vertx = Vertx.vertx();
    private OpenIdProvider provider;
    private TokenVerifier tokens;
    private long nanos;

    @BeforeEach
    void start() throws IOException {
        provider = OpenIdProvider.start();
        tokens = verifier();
    }

    private TokenVerifier verifier() {
        var issuer = new IssuerConfig(provider.issuer(), SHOP);
        return new TokenVerifier(vertx, new TokenConfig(SECRET), Optional.of(issuer), () -> nanos);
    }

    @AfterEach
    void stop() {
        provider.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256"})
    void knowsABuyerByEitherAlgorithm(String algorithm) {
        // Given
        provider.rotate(algorithm);
        String token = provider.token("alice", SHOP, "roles", "[\"operator\"]");
        assertThat(tokens.check(token)).isEmpty();

        // When
        Identity alice = verified(token);

        // Then: it is a buyer, whatever the provider says
        assertThat(alice.name()).isEqualTo("alice");
        assertThat(alice.roles()).containsExactly("buyer");
        assertThat(tokens.check(token)).contains(alice);
    }

    @Test
    void keepsItsOwnTokens() {
        var claims = new JsonObject().put("sub", "olga").put("roles", new JsonArray().add("operator"));
        String token = tokens.mint(claims, Duration.ofMinutes(1));

        assertThat(verified(token).roles()).containsExactly("operator");
        assertThat(provider.keyReadings()).isZero();
    }

    @Test
    void readsTheKeysAgainForANewOneAndRefusesAWithdrawnOne() {
        // Given
        String before = provider.token("alice", SHOP);
        assertThat(verified(before).name()).isEqualTo("alice");
        var withdrawn = new boolean[1];
        TokenVerifier late = verifier();
        late.onKeyWithdrawn(() -> withdrawn[0] = true);

        // When
        provider.rotate("ES256");
        provider.withdrawOldKeys();

        // Then: read again at most once in ten seconds; until then it may be good
        String after = provider.token("alice", SHOP);
        assertThat(whyNotKnown(after)).contains("may be new");
        assertThat(provider.keyReadings()).isEqualTo(1);
        nanos += Duration.ofSeconds(11).toNanos();
        assertThat(verified(after).name()).isEqualTo("alice");
        assertThat(whyNotKnown(before)).contains("may be new");
        nanos += Duration.ofSeconds(11).toNanos();
        assertThat(whyRefused(before)).contains("is none of " + provider.issuer());
        assertThat(await(late.verify(provider.token("bob", SHOP))).name()).isEqualTo("bob");
        assertThat(late.check(before)).isEmpty();
        assertThat(withdrawn[0]).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iss | \"https://elsewhere.example\" | its \"iss\" is not",
                "iss | | its \"iss\" is not",
                "aud | \"another-shop\" | its \"aud\" does not contain lamp-shop",
                "aud | [\"another-shop\",7] | its \"aud\" does not contain lamp-shop",
                "aud | | its \"aud\" does not contain lamp-shop",
                "exp | 1000000000 | it has expired",
                "exp | | it has no \"exp\"",
                "nbf | 32503680000 | it is not valid yet",
                "sub | | its \"sub\" is missing",
                "sub | \"a\\u0000b\" | its \"sub\" is missing"
            })
    void saysWhatIsWrongWithAToken(String claim, String value, String why) {
        assertThat(whyRefused(provider.token("alice", SHOP, claim, value))).contains(why);
    }

    @Test
    void refusesASignatureThatIsNotTheKeys() {
        SigningKey forged = new SigningKey(
                provider.key().id(), "RS256", SigningKey.of("RS256").pair());
        String good = provider.token("alice", SHOP);

        assertThat(whyRefused(provider.token(forged, "alice", SHOP))).isEqualTo("its signature is wrong");
        assertThat(whyRefused(good.substring(0, good.lastIndexOf('.') + 1))).isEqualTo("its signature is wrong");
        assertThat(whyRefused(good.substring(good.indexOf('.')))).isEqualTo("it is no JWT");
        assertThat(whyRefused("")).isEqualTo("it is no JWT");
        assertThat(tokens.check(provider.token(forged, "alice", SHOP))).isEmpty();
    }

    @Test
    void takesNoPublicKeyForASecret() {
        var own = new BearerTokens(new TokenConfig(provider.issuer() + SECRET));
        String token =
                own.mint(new JsonObject().put("sub", "mallory").put("roles", new JsonArray()), Duration.ofMinutes(1));

        assertThat(whyRefused(token)).startsWith("it is no valid token of this system");
    }

    /** Refused would be untrue, and would log the buyer out. */
    @Test
    void doesNotRefuseATokenWhileADocumentIsNoSetOfKeys() {
        // Given
        String token = provider.token("alice", SHOP);
        provider.publishAnotherDocument();

        // When, Then: at the failed reading, and after it
        assertThat(whyNotKnown(token)).contains("The keys of " + provider.issuer() + " cannot be read now");
        assertThat(whyNotKnown(token)).contains("The keys of " + provider.issuer() + " cannot be read now");
        nanos += Duration.ofSeconds(11).toNanos();
        assertThat(whyNotKnown(token)).contains("The keys of " + provider.issuer() + " cannot be read now");
    }

    @Test
    void doesNotRefuseATokenByANewKeyWhileTheProviderIsAway() {
        // Given
        String known = provider.token("alice", SHOP);
        assertThat(verified(known).name()).isEqualTo("alice");
        provider.rotate("ES256");
        String token = provider.token("alice", SHOP);
        provider.close();
        nanos += Duration.ofSeconds(11).toNanos();

        // When, Then: keys that were read before stay in use
        assertThat(whyNotKnown(token)).contains("The keys of " + provider.issuer() + " cannot be read now");
        assertThat(whyNotKnown(token)).contains("The keys of " + provider.issuer() + " cannot be read now");
        assertThat(verified(known).name()).isEqualTo("alice");
    }

    @Test
    void refusesAKeyThatTheProviderHasNot() {
        assertThat(whyRefused(provider.token(SigningKey.of("ES256"), "alice", SHOP)))
                .contains("is none of " + provider.issuer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example",
                "https://shop.example/?a=b",
                "https://a:b@shop.example",
                "shop.example",
                "https://"
            })
    void refusesAnIssuerWhosePlaceIsNotSafe(String issuer) {
        var env = new Environment(Map.of("DOORBUSTER_OIDC_ISSUER", issuer, "DOORBUSTER_OIDC_AUDIENCE", SHOP));
        assertThat(IssuerConfig.fromEnv(env)).isEmpty();
        assertThatThrownBy(env::check)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DOORBUSTER_OIDC_ISSUER");
    }

    @Test
    void needsIssuerAndAudience() {
        var env = new Environment(Map.of("DOORBUSTER_OIDC_ISSUER", "https://login.shop.example"));
        assertThat(IssuerConfig.fromEnv(env)).isEmpty();
        assertThatThrownBy(env::check).hasMessageContaining("must be set together");
    }

    private Identity verified(String token) {
        return await(tokens.verify(token));
    }

    private String whyRefused(String token) {
        try {
            Identity unused = verified(token);
            throw new AssertionError("accepted");
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(TokenRefusedException.class);
            return e.getCause().getMessage();
        }
    }

    private String whyNotKnown(String token) {
        try {
            Identity unused = verified(token);
            throw new AssertionError("accepted");
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(ProblemException.class);
            Problem problem = ((ProblemException) e.getCause()).problem();
            assertThat(problem.slug()).isEqualTo("overloaded");
            assertThat(problem.status()).isEqualTo(503);
            return problem.detail();
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
