package dev.doorbuster.order.edge.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.auth.BearerTokens;
import dev.doorbuster.runtime.auth.TokenVerifier;
import dev.doorbuster.runtime.auth.TokenVerifier.TokenRefusedException;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Issues and verifies tokens, and verifies keys. Tokens of a shop's own provider are cached until they expire: an
 * asymmetric signature costs more than the refusal that follows. An own token's signature costs less than a cache entry of a
 * buyer who comes once. To be used on one event loop only.
 */
public final class Tokens {
    private final TokenVerifier tokens;
    private final AuthConfig config;
    private final Clock clock;
    private final Cache<String, Caller> checked;
    private final ApiKeys keys;

    /** Without API keys. */
    public Tokens(Vertx vertx, AuthConfig config, Clock clock) {
        this(vertx, config, clock, new ApiKeys(() -> Future.succeededFuture(List.of()), System::nanoTime));
    }

    public Tokens(Vertx vertx, AuthConfig config, Clock clock, ApiKeys keys) {
        this.keys = keys;
        this.config = config;
        this.clock = clock;
        this.tokens = new TokenVerifier(vertx, config.tokens(), config.issuer());
        this.checked = Caffeine.newBuilder()
                .maximumSize(config.tokensCachedMax())
                .executor(EventLoop::afterThisTurn)
                .build();
        this.tokens.onKeyWithdrawn(checked::invalidateAll);
    }

    public String mint(String name, Set<Role> roles) {
        var names = new JsonArray();
        roles.forEach(role -> names.add(role.wireName()));
        var claims = new JsonObject().put("sub", name).put("roles", names);
        return tokens.mint(claims, config.tokenLife());
    }

    /**
     * The caller of an {@code Authorization} header, by what is known now; empty if it is missing, forged, malformed or
     * expired, or if {@link #verify} has to read the provider's keys first.
     */
    public Optional<Caller> check(String authorization) {
        // Trimmed, so that each token has one cache entry of minimal size.
        String token = BearerTokens.in(authorization).orElse(null);
        if (token == null || token.length() > config.tokenLengthMax()) {
            return Optional.empty();
        }
        if (ApiKeys.isKey(token)) {
            return keys.check(token);
        }
        return Optional.ofNullable(checked.getIfPresent(token))
                .or(() -> tokens.checkOwn(token).map(Tokens::caller))
                .or(() -> tokens.check(token).map(identity -> remember(token, caller(identity))))
                .filter(caller -> caller.expiresAt().isAfter(clock.instant()));
    }

    /** The caller of an {@code Authorization} header; fails with a problem that says why there is none. */
    public Future<Caller> verify(String authorization) {
        Optional<Caller> known = check(authorization);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        String token = BearerTokens.in(authorization).orElse("");
        if (token.isEmpty() || token.length() > config.tokenLengthMax()) {
            return Future.failedFuture(ProblemType.UNAUTHENTICATED.exception());
        }
        if (ApiKeys.isKey(token)) {
            return keys.verify(token);
        }
        return tokens.verify(token)
                .map(identity -> remember(token, caller(identity)))
                .recover(cause -> Future.failedFuture(
                        cause instanceof TokenRefusedException
                                ? ProblemType.UNAUTHENTICATED.exception(
                                        "The token is not accepted: " + cause.getMessage() + ".")
                                : cause));
    }

    private Caller remember(String token, Caller caller) {
        checked.put(token, caller);
        return caller;
    }

    /** Number of cached tokens. */
    long remembered() {
        return checked.estimatedSize();
    }

    private static Caller caller(BearerTokens.Identity identity) {
        var roles = EnumSet.noneOf(Role.class);
        identity.roles().forEach(name -> Role.ofWireName(name).ifPresent(roles::add));
        return new Caller(identity.name(), roles, identity.expiresAt());
    }
}
