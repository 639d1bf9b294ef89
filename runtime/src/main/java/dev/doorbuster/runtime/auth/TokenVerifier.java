package dev.doorbuster.runtime.auth;

import dev.doorbuster.runtime.auth.BearerTokens.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides who a caller is: by a token of this system, or by one of the shop's own OpenID provider if there is one. To be used
 * on one event loop only.
 */
public final class TokenVerifier {
    private static final int TOKEN_LENGTH_MAX = 4096;
    private static final String NOT_OURS = "it is malformed, forged or expired";

    private final BearerTokens own;
    private final Optional<IssuerTokens> issuer;

    public TokenVerifier(Vertx vertx, TokenConfig tokens, Optional<IssuerConfig> issuer) {
        this(vertx, tokens, issuer, System::nanoTime);
    }

    TokenVerifier(Vertx vertx, TokenConfig tokens, Optional<IssuerConfig> issuer, LongSupplier nanoTime) {
        this.own = new BearerTokens(tokens);
        this.issuer = issuer.map(config -> new IssuerTokens(vertx, config, nanoTime));
    }

    /** Called after the provider withdrew a key: what was checked with it is no longer valid. */
    public void onKeyWithdrawn(Runnable then) {
        issuer.ifPresent(tokens -> tokens.onKeyWithdrawn(then));
    }

    public String mint(JsonObject claims, Duration life) {
        return own.mint(claims, life);
    }

    /** The caller of an {@code Authorization} header, which may be null; fails as {@link #verify} does. */
    public Future<Identity> verifyHeader(String authorization) {
        return verify(BearerTokens.in(authorization)
                .filter(token -> token.length() <= TOKEN_LENGTH_MAX)
                .orElse(""));
    }

    /** The caller, if this system issued the token. */
    public Optional<Identity> checkOwn(String token) {
        return own.check(token);
    }

    /** The caller, by what is known now; empty does not mean that {@link #verify} fails. */
    public Optional<Identity> check(String token) {
        return own.check(token).or(() -> issuer.flatMap(tokens -> tokens.check(token)));
    }

    /**
     * The caller, after reading the provider's keys if need be. Fails with {@link TokenRefusedException}, or with a problem of
     * status 503 while it cannot be known.
     */
    public Future<Identity> verify(String token) {
        Optional<Identity> known = own.check(token);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        return issuer.map(tokens -> tokens.verify(token))
                .orElseGet(() -> Future.failedFuture(new TokenRefusedException(NOT_OURS)));
    }

    /** A bearer token is not accepted; the message says why, as the end of a sentence about the token. */
    public static final class TokenRefusedException extends RuntimeException {
        TokenRefusedException(String why) {
            super(why, null, false, false);
        }
    }
}
