package dev.doorbuster.notifier.http;

import dev.doorbuster.contracts.message.Limits;
import dev.doorbuster.runtime.http.BearerTokens;
import dev.doorbuster.runtime.http.TokenConfig;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Knows callers by their tokens. */
final class Tokens {
    private final BearerTokens tokens;

    Tokens(Vertx vertx, TokenConfig config) {
        tokens = new BearerTokens(vertx, config);
    }

    /** The caller behind an {@code Authorization} header; empty where it is missing, forged, malformed or expired. */
    Optional<Caller> check(String authorization) {
        return BearerTokens.in(authorization).flatMap(tokens::check).flatMap(Tokens::caller);
    }

    private static Optional<Caller> caller(BearerTokens.Claims claims) {
        boolean complete = claims.json().getValue("sub") instanceof String name
                && !name.isBlank()
                && name.length() <= Limits.NAME_LENGTH_MAX;
        return complete
                ? Optional.of(new Caller(claims.json().getString("sub"), claims.expiresAt()))
                : Optional.empty();
    }
}
