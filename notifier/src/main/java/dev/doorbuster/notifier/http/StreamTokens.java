package dev.doorbuster.notifier.http;

import dev.doorbuster.contracts.message.Limits;
import dev.doorbuster.runtime.http.BearerTokens;
import dev.doorbuster.runtime.http.TokenConfig;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Knows callers by their tokens. */
final class StreamTokens {
    private final BearerTokens tokens;

    StreamTokens(Vertx vertx, TokenConfig config) {
        tokens = new BearerTokens(vertx, config);
    }

    /** The caller behind an {@code Authorization} header; empty where it is missing, forged, malformed or expired. */
    Optional<StreamCaller> check(String authorization) {
        return BearerTokens.in(authorization).flatMap(tokens::check).flatMap(StreamTokens::caller);
    }

    private static Optional<StreamCaller> caller(BearerTokens.Claims claims) {
        boolean complete = claims.json().getValue("sub") instanceof String name
                && !name.isBlank()
                && name.length() <= Limits.NAME_LENGTH_MAX;
        return complete
                ? Optional.of(new StreamCaller(claims.json().getString("sub"), claims.expiresAt()))
                : Optional.empty();
    }
}
