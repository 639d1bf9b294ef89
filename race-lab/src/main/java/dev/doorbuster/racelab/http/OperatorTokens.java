package dev.doorbuster.racelab.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/** Checks bearer tokens: JWTs (RFC 7519) signed with HS256 by the secret that all edges share. */
final class OperatorTokens {
    private static final String SCHEME = "Bearer ";
    private static final String ROLE = "operator";

    enum Verdict {
        OPERATOR,
        SOMEBODY_ELSE,
        NOBODY
    }

    private final JWTAuth jwt;

    OperatorTokens(Vertx vertx, String secret) {
        jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(
                                new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(secret))));
    }

    /** Whose the {@code Authorization} header is; nobody's where it is missing, forged, malformed, endless or expired. */
    Verdict check(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Verdict.NOBODY;
        }
        var credentials =
                new TokenCredentials(authorization.substring(SCHEME.length()).trim());
        try {
            // With a key at hand the library answers at once: nothing here ever waits.
            Future<User> user = jwt.authenticate(credentials);
            return user.succeeded() ? verdict(user.result().attributes().getJsonObject("accessToken")) : Verdict.NOBODY;
        } catch (ClassCastException e) {
            // the library's way to say that a claim is of the wrong type
            return Verdict.NOBODY;
        }
    }

    private static Verdict verdict(JsonObject claims) {
        if (!(claims.getValue("exp") instanceof Number)) {
            return Verdict.NOBODY;
        }
        return claims.getValue("roles") instanceof JsonArray roles && roles.contains(ROLE)
                ? Verdict.OPERATOR
                : Verdict.SOMEBODY_ELSE;
    }
}
