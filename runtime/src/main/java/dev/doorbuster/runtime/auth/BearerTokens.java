package dev.doorbuster.runtime.auth;

import dev.doorbuster.contracts.value.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;

/**
 * Makes and checks bearer tokens: JWTs (RFC 7519) signed with HS256 by a secret that all services share. See
 * {@link TokenVerifier} for those of a shop's own provider.
 *
 * <p>Written here because each buyer's first order of a sale needs a check: by vertx-auth-jwt it took a fifth of the edge's
 * processor time. A test compares every decision about a signature with that library's.
 */
public final class BearerTokens {
    private static final String ALGORITHM = "HS256";
    private static final String SCHEME = "Bearer";
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String OWN_HEADER =
            encoded(new JsonObject().put("typ", "JWT").put("alg", ALGORITHM));

    private final Mac mac;
    /** The last header that was accepted: an issuer's tokens have the same. */
    private volatile String knownHeader = OWN_HEADER;

    /**
     * The subject of a valid token.
     *
     * @param name fits every message and store
     * @param roles as the token names them; some may be another system's
     * @param expiresAt end of the token's validity
     */
    public record Identity(String name, Set<String> roles, Instant expiresAt) {
        public Identity {
            roles = Set.copyOf(roles);
        }
    }

    public BearerTokens(TokenConfig config) {
        mac = Sha256.mac(config.secret().getBytes(StandardCharsets.UTF_8));
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
     * Empty if the token is forged, malformed, expired or not valid yet, would never expire, has no subject, or has an
     * extension that must be understood.
     */
    public Optional<Identity> check(String token) {
        int headerEnd = token.indexOf('.');
        int claimsEnd = token.lastIndexOf('.');
        if (headerEnd < 0 || headerEnd == claimsEnd) {
            return Optional.empty();
        }
        // A character beyond Latin-1 becomes "?", which is not in the alphabet of Base64 and was never signed.
        byte[] bytes = token.getBytes(StandardCharsets.ISO_8859_1);
        try {
            byte[] given = DECODER.decode(Arrays.copyOfRange(bytes, claimsEnd + 1, bytes.length));
            boolean signed = MessageDigest.isEqual(given, signature(bytes, claimsEnd));
            return signed && isOurs(token.substring(0, headerEnd))
                    ? identity(DECODER.decode(Arrays.copyOfRange(bytes, headerEnd + 1, claimsEnd)))
                    : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    /** A token with these claims, its time of issue and its expiry. */
    public String mint(JsonObject claims, Duration life) {
        long now = Instant.now().getEpochSecond();
        String content =
                OWN_HEADER + "." + encoded(claims.copy().put("iat", now).put("exp", now + life.toSeconds()));
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        return content + "." + ENCODER.encodeToString(signature(bytes, bytes.length));
    }

    private static String encoded(JsonObject part) {
        return ENCODER.encodeToString(part.toBuffer().getBytes());
    }

    private byte[] signature(byte[] content, int length) {
        synchronized (mac) {
            mac.update(content, 0, length);
            return mac.doFinal();
        }
    }

    /** RFC 7515, section 4.1.11: no extension is known here. */
    private boolean isOurs(String header) {
        if (header.equals(knownHeader)) {
            return true;
        }
        try {
            var fields = new JsonObject(Buffer.buffer(DECODER.decode(header)));
            boolean ours = ALGORITHM.equals(fields.getValue("alg")) && !fields.containsKey("crit");
            if (ours) {
                knownHeader = header;
            }
            return ours;
        } catch (DecodeException e) {
            return false;
        }
    }

    private static Optional<Identity> identity(byte[] json) throws IOException {
        var claims = TokenClaims.read(json);
        return claims.roles() != null && claims.refusal(Instant.now()).isEmpty()
                ? Optional.of(claims.identity(claims.roles()))
                : Optional.empty();
    }
}
