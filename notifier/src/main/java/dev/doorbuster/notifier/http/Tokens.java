package dev.doorbuster.notifier.http;

import dev.doorbuster.contracts.message.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Instant;
import java.util.Optional;

/** Checks bearer tokens: JWTs (RFC 7519) signed with HS256 by the secret that all edges share. */
final class Tokens {
    private static final String SCHEME = "Bearer ";

    private final JWTAuth jwt;

    Tokens(Vertx vertx, String secret) {
        jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(
                                new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(secret))));
    }

    /** The caller behind an {@code Authorization} header; empty where it is missing, forged, malformed or expired. */
    Optional<Caller> check(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var credentials =
                new TokenCredentials(authorization.substring(SCHEME.length()).trim());
        try {
            // With a key at hand the library answers at once: nothing here ever waits.
            Future<User> user = jwt.authenticate(credentials);
            return user.succeeded()
                    ? caller(user.result().attributes().getJsonObject("accessToken"))
                    : Optional.empty();
        } catch (ClassCastException e) {
            // the library's way to say that a claim is of the wrong type
            return Optional.empty();
        }
    }

    private static Optional<Caller> caller(JsonObject claims) {
        boolean complete = claims.getValue("sub") instanceof String name
                && !name.isBlank()
                && name.length() <= Limits.NAME_LENGTH_MAX
                && claims.getValue("exp") instanceof Number;
        if (!complete) {
            return Optional.empty();
        }
        // far beyond any calendar a number is still a number
        long expiresAt = Math.min(((Number) claims.getValue("exp")).longValue(), Instant.MAX.getEpochSecond());
        return Optional.of(new Caller(claims.getString("sub"), Instant.ofEpochSecond(expiresAt)));
    }
}
