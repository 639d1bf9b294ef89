package dev.doorbuster.runtime.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.TextRules;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks bearer tokens: JWTs (RFC 7519) signed with HS256 by a secret that all services share. The one place that
 * decides who a caller is, for all services.
 *
 * <p>Written here because each buyer's first order of a sale needs a check: by vertx-auth-jwt it took a fifth of the edge's
 * processor time. A test compares every decision about a signature with that library's.
 */
public final class BearerTokens {
    /** How far the clock of a token's issuer may be ahead: {@code iat} and {@code nbf} up to here are not in the future. */
    static final Duration CLOCK_SKEW_MAX = Duration.ofSeconds(30);

    /** The last second of the year 9999, the last one that RFC 3339 can write. */
    private static final long LATEST_TIME = 253_402_300_799L;

    private static final String ALGORITHM = "HS256";
    private static final String MAC_ALGORITHM = "HmacSHA256";
    private static final String SCHEME = "Bearer";
    private static final JsonFactory JSON = new JsonFactory();
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
        try {
            mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(new SecretKeySpec(config.secret().getBytes(StandardCharsets.UTF_8), MAC_ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC_ALGORITHM, e);
        }
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
        Instant now = Instant.now();
        var claims = Claims.read(json);
        boolean valid = claims.name != null
                && claims.roles != null
                && isTime(claims.expiresAt)
                && now.isBefore(time(claims.expiresAt))
                && hasBegun(claims.notBefore, now)
                && hasBegun(claims.issuedAt, now)
                && TextRules.isPrintable(claims.name, Limits.NAME_LENGTH_MAX);
        return valid ? Optional.of(new Identity(claims.name, claims.roles, time(claims.expiresAt))) : Optional.empty();
    }

    private static boolean hasBegun(Double seconds, Instant now) {
        return seconds == null || (isTime(seconds) && !time(seconds).isAfter(now.plus(CLOCK_SKEW_MAX)));
    }

    private static boolean isTime(Double seconds) {
        return seconds != null && seconds >= 0 && seconds <= LATEST_TIME;
    }

    private static Instant time(Double seconds) {
        return Instant.ofEpochSecond(seconds.longValue());
    }

    /** The claims that matter here; a time of another type than number is not a number. */
    private static final class Claims {
        private String name;
        private Set<String> roles;
        private Double expiresAt;
        private Double notBefore;
        private Double issuedAt;

        static Claims read(byte[] json) throws IOException {
            var claims = new Claims();
            try (JsonParser from = JSON.createParser(json)) {
                if (from.nextToken() != JsonToken.START_OBJECT) {
                    throw new IOException("no object");
                }
                for (String claim = from.nextFieldName(); claim != null; claim = from.nextFieldName()) {
                    JsonToken type = from.nextToken();
                    switch (claim) {
                        case "sub" -> claims.name = type == JsonToken.VALUE_STRING ? from.getText() : null;
                        case "roles" -> claims.roles = type == JsonToken.START_ARRAY ? texts(from) : null;
                        case "exp" -> claims.expiresAt = number(from);
                        case "nbf" -> claims.notBefore = number(from);
                        case "iat" -> claims.issuedAt = number(from);
                        default -> {}
                    }
                    // Nothing to skip unless a value of the wrong type, or of an unknown claim, has contents.
                    JsonParser unused = from.skipChildren();
                }
                if (!from.hasToken(JsonToken.END_OBJECT) || from.nextToken() != null) {
                    throw new IOException("more than one object");
                }
            }
            return claims;
        }

        private static Double number(JsonParser from) throws IOException {
            return from.currentToken().isNumeric() ? from.getDoubleValue() : Double.NaN;
        }

        private static Set<String> texts(JsonParser from) throws IOException {
            var texts = new HashSet<String>();
            for (JsonToken next = from.nextToken(); next != JsonToken.END_ARRAY; next = from.nextToken()) {
                if (next == JsonToken.VALUE_STRING) {
                    texts.add(from.getText());
                } else if (next == null) {
                    throw new IOException("no end of the array");
                } else {
                    JsonParser unused = from.skipChildren();
                }
            }
            return texts;
        }
    }
}
