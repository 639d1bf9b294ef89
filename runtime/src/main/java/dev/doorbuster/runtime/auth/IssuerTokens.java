package dev.doorbuster.runtime.auth;

import dev.doorbuster.runtime.auth.BearerTokens.Identity;
import dev.doorbuster.runtime.auth.TokenVerifier.TokenRefusedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Checks tokens of a shop's own OpenID provider: JWTs signed with RS256 or ES256. Each is a buyer, whatever roles the provider
 * names: who runs sales is not for another system to say. The library checks signatures, this class what a token is for. To be
 * used on one event loop only.
 */
final class IssuerTokens {
    private static final Set<String> ROLES = Set.of("buyer");
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final IssuerConfig config;
    private final IssuerKeys keys;

    /** What can be said about a token without its key: the key's id, and the claims. */
    private record Unverified(String keyId, TokenClaims claims) {}

    IssuerTokens(Vertx vertx, IssuerConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.keys = new IssuerKeys(vertx, config, nanoTime);
    }

    /** Called after a key was withdrawn: what was checked with it is no longer valid. */
    void onKeyWithdrawn(Runnable then) {
        keys.onWithdrawn(then);
    }

    /** The caller, by the keys known now. */
    Optional<Identity> check(String token) {
        try {
            Unverified found = read(token);
            return keys.known(found.keyId())
                    .filter(key -> isSigned(key, token))
                    .map(key -> found.claims().identity(ROLES));
        } catch (TokenRefusedException e) {
            return Optional.empty();
        }
    }

    /** The caller, after reading the provider's keys if need be; fails as {@link TokenVerifier#verify} does. */
    Future<Identity> verify(String token) {
        Unverified found;
        try {
            found = read(token);
        } catch (TokenRefusedException e) {
            return Future.failedFuture(e);
        }
        return keys.find(found.keyId()).map(key -> {
            if (key.isEmpty()) {
                throw new TokenRefusedException("its key \"" + found.keyId() + "\" is none of " + config.issuer());
            } else if (!isSigned(key.get(), token)) {
                throw new TokenRefusedException("its signature is wrong");
            }
            return found.claims().identity(ROLES);
        });
    }

    private Unverified read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new TokenRefusedException("it is no JWT");
        }
        try {
            var header = new JsonObject(Buffer.buffer(DECODER.decode(parts[0])));
            if (!(header.getValue("alg") instanceof String algorithm) || !IssuerKeys.ALGORITHMS.contains(algorithm)) {
                throw new TokenRefusedException(
                        "it is no valid token of this system, and is not signed with RS256 or ES256");
            } else if (!(header.getValue("kid") instanceof String keyId)) {
                throw new TokenRefusedException("it names no key: \"kid\" is missing");
            } else if (header.containsKey("crit")) {
                throw new TokenRefusedException("it has an extension that is not known here: \"crit\"");
            } else {
                var claims = TokenClaims.read(DECODER.decode(parts[1]));
                refusal(claims).ifPresent(why -> {
                    throw new TokenRefusedException(why);
                });
                return new Unverified(keyId, claims);
            }
        } catch (IllegalArgumentException | DecodeException | ClassCastException | IOException e) {
            throw new TokenRefusedException("it is no JWT");
        }
    }

    private Optional<String> refusal(TokenClaims claims) {
        if (!config.issuer().equals(claims.issuer())) {
            return Optional.of("its \"iss\" is not " + config.issuer());
        } else if (!claims.audiences().contains(config.audience())) {
            return Optional.of("its \"aud\" does not contain " + config.audience());
        }
        return claims.refusal(Instant.now());
    }

    /** The library completes at once: it has the key. */
    private static boolean isSigned(JWTAuth key, String token) {
        return key.authenticate(new TokenCredentials(token)).succeeded();
    }
}
