package dev.doorbuster.runtime.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes and checks bearer tokens: JWTs (RFC 7519) signed with HS256 by the secret that all share. Whoever checks tokens
 * needs vertx-auth-jwt, an optional dependency of this module.
 */
public final class BearerTokens {
    private static final String ALGORITHM = "HS256";
    private static final String SCHEME = "Bearer ";
    private static final String EXPIRY = "exp";

    private final JWTAuth jwt;

    /** What a good token says, and until when it is one. */
    public record Claims(JsonObject json, Instant expiresAt) {}

    public BearerTokens(Vertx vertx, TokenConfig config) {
        jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm(ALGORITHM)
                                .setBuffer(Buffer.buffer(config.secret()))));
    }

    /** The token in an {@code Authorization} header, without the blanks around it. */
    public static Optional<String> in(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).trim())
                : Optional.empty();
    }

    /** Empty where the token is forged, malformed or expired, or would never expire. */
    public Optional<Claims> check(String token) {
        try {
            // With a key at hand the library answers at once: nothing here ever waits.
            Future<User> user = jwt.authenticate(new TokenCredentials(token));
            return user.succeeded()
                    ? claims(user.result().attributes().getJsonObject("accessToken"))
                    : Optional.empty();
        } catch (ClassCastException | NullPointerException e) {
            // the library's ways to say that a claim is of the wrong type, or null
            return Optional.empty();
        }
    }

    public String mint(JsonObject claims, Duration life) {
        int seconds = Math.toIntExact(life.toSeconds());
        return jwt.generateToken(
                claims, new JWTOptions().setAlgorithm(ALGORITHM).setExpiresInSeconds(seconds));
    }

    private static Optional<Claims> claims(JsonObject json) {
        return json.getValue(EXPIRY) instanceof Number seconds
                // far beyond any calendar a number is still a number
                ? Optional.of(new Claims(
                        json, Instant.ofEpochSecond(Math.min(seconds.longValue(), Instant.MAX.getEpochSecond()))))
                : Optional.empty();
    }
}
