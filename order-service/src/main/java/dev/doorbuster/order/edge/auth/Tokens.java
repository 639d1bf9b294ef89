package dev.doorbuster.order.edge.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes and checks tokens. A token once checked is remembered until it expires, because a storm repeats the same tokens
 * and a signature costs more than the refusal it leads to. To be used on one event loop only.
 */
public final class Tokens {
    private static final String ALGORITHM = "HS256";
    private static final String SCHEME = "Bearer ";

    private final JWTAuth jwt;
    private final AuthConfig config;
    private final Clock clock;
    private final Cache<String, Caller> checked;

    public Tokens(Vertx vertx, AuthConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm(ALGORITHM)
                                .setBuffer(Buffer.buffer(config.secret()))));
        this.checked = Caffeine.newBuilder()
                .maximumSize(config.tokensCachedMax())
                .executor(Runnable::run)
                .build();
    }

    public String mint(String name, Set<Role> roles) {
        var names = new JsonArray();
        roles.forEach(role -> names.add(role.wireName()));
        var claims = new JsonObject().put("sub", name).put("roles", names);
        int seconds = Math.toIntExact(config.tokenLife().toSeconds());
        return jwt.generateToken(
                claims, new JWTOptions().setAlgorithm(ALGORITHM).setExpiresInSeconds(seconds));
    }

    /** The caller behind an {@code Authorization} header; empty where it is missing, forged, malformed or expired. */
    public Optional<Caller> check(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        // Without the blanks around it: one token has one place among those remembered, and no more room than it needs.
        String token = authorization.substring(SCHEME.length()).trim();
        if (token.length() > config.tokenLengthMax()) {
            return Optional.empty();
        }
        Caller known = checked.getIfPresent(token);
        if (known == null) {
            known = decode(token);
            if (known == null) {
                return Optional.empty();
            }
            checked.put(token, known);
        }
        return known.expiresAt().isAfter(clock.instant()) ? Optional.of(known) : Optional.empty();
    }

    /** Tokens that are remembered now. */
    long remembered() {
        return checked.estimatedSize();
    }

    private Caller decode(String token) {
        try {
            // With a key at hand the library answers at once: nothing here ever waits.
            Future<User> user = jwt.authenticate(new TokenCredentials(token));
            return user.succeeded() ? caller(user.result().attributes().getJsonObject("accessToken")) : null;
        } catch (ClassCastException e) {
            // the library's way to say that a claim is of the wrong type
            return null;
        }
    }

    private static Caller caller(JsonObject claims) {
        boolean complete = claims.getValue("sub") instanceof String name
                && Names.isValid(name)
                && claims.getValue("exp") instanceof Number
                && claims.getValue("roles") instanceof JsonArray;
        if (!complete) {
            return null;
        }
        var roles = EnumSet.noneOf(Role.class);
        claims.getJsonArray("roles").forEach(name -> Role.ofWireName(name).ifPresent(roles::add));
        long expiresAt = ((Number) claims.getValue("exp")).longValue();
        // far beyond any calendar a number is still a number
        Instant end = Instant.ofEpochSecond(Math.min(expiresAt, Instant.MAX.getEpochSecond()));
        return new Caller(claims.getString("sub"), roles, end);
    }
}
