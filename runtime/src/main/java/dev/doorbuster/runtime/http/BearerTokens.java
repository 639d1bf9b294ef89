package dev.doorbuster.runtime.http;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.TextRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes and checks bearer tokens: JWTs (RFC 7519) signed with HS256 by the secret that all share. The one place that says
 * who a caller is, for all services. A service that checks tokens needs vertx-auth-jwt, an optional dependency of this module.
 */
public final class BearerTokens {
    /** How far the clock of a token's maker may be ahead: {@code iat} and {@code nbf} up to here are not in the future. */
    static final Duration CLOCK_SKEW_MAX = Duration.ofSeconds(30);

    /** The last second of the year 9999, the last one that RFC 3339 can write. */
    private static final long LATEST_TIME = 253_402_300_799L;

    private static final String ALGORITHM = "HS256";
    private static final String SCHEME = "Bearer";

    private final JWTAuth jwt;

    /**
     * Whom a good token names.
     *
     * @param name fits every message and store
     * @param roles as the token names them; some may be another system's
     * @param expiresAt until when the token is good
     */
    public record Identity(String name, Set<String> roles, Instant expiresAt) {
        public Identity {
            roles = Set.copyOf(roles);
        }
    }

    public BearerTokens(Vertx vertx, TokenConfig config) {
        jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .setJWTOptions(new JWTOptions().setLeeway(Math.toIntExact(CLOCK_SKEW_MAX.toSeconds())))
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm(ALGORITHM)
                                .setBuffer(Buffer.buffer(config.secret()))));
    }

    /** The token in an {@code Authorization} header, without the blanks around it; it may be empty. */
    public static Optional<String> in(String authorization) {
        return isBearer(authorization)
                ? Optional.of(authorization.substring(SCHEME.length()).trim())
                : Optional.empty();
    }

    /** Whether an {@code Authorization} header, which may be null, is of this scheme, with or without a token. */
    public static boolean isBearer(String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && (authorization.length() == SCHEME.length() || authorization.charAt(SCHEME.length()) == ' ');
    }

    /**
     * Empty where the token is forged, malformed, expired or not valid yet, would never expire, has no subject, or has an
     * extension that must be understood.
     */
    public Optional<Identity> check(String token) {
        try {
            // With a key at hand the library answers at once: nothing here ever waits.
            Future<User> user = jwt.authenticate(new TokenCredentials(token));
            return user.succeeded() && !hasCriticalExtension(token)
                    ? identity(user.result().attributes().getJsonObject("accessToken"))
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

    /** RFC 7515, section 4.1.11: no extension is known here. */
    private static boolean hasCriticalExtension(String token) {
        try {
            byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
            return new JsonObject(Buffer.buffer(header)).containsKey("crit");
        } catch (IllegalArgumentException | DecodeException e) {
            return true;
        }
    }

    private static Optional<Identity> identity(JsonObject claims) {
        Instant now = Instant.now();
        Optional<Instant> expiresAt = time(claims, "exp").filter(now::isBefore);
        boolean complete = expiresAt.isPresent()
                && hasBegun(claims, "nbf", now)
                && hasBegun(claims, "iat", now)
                && claims.getValue("sub") instanceof String name
                && TextRules.isPrintable(name, Limits.NAME_LENGTH_MAX)
                && claims.getValue("roles") instanceof JsonArray;
        return complete
                ? Optional.of(
                        new Identity(claims.getString("sub"), roles(claims.getJsonArray("roles")), expiresAt.get()))
                : Optional.empty();
    }

    private static Set<String> roles(JsonArray roles) {
        return roles.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean hasBegun(JsonObject claims, String claim, Instant now) {
        return !claims.containsKey(claim)
                || time(claims, claim)
                        .filter(time -> !time.isAfter(now.plus(CLOCK_SKEW_MAX)))
                        .isPresent();
    }

    /** Empty where it is no number, or one that is no time of a calendar. */
    private static Optional<Instant> time(JsonObject claims, String claim) {
        if (!(claims.getValue(claim) instanceof Number number)) {
            return Optional.empty();
        }
        double seconds = number.doubleValue();
        return seconds >= 0 && seconds <= LATEST_TIME
                ? Optional.of(Instant.ofEpochSecond(number.longValue()))
                : Optional.empty();
    }
}
