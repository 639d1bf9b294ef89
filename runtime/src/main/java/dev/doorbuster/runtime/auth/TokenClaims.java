package dev.doorbuster.runtime.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.TextRules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The claims of a JWT that matter here; a time of another type than number is not a number. */
final class TokenClaims {
    /** How far the clock of a token's issuer may be ahead: {@code iat} and {@code nbf} up to here are not in the future. */
    static final Duration CLOCK_SKEW_MAX = Duration.ofSeconds(30);

    /** The last second of the year 9999, the last one that RFC 3339 can write. */
    private static final long LATEST_TIME = 253_402_300_799L;

    private static final JsonFactory JSON = new JsonFactory();

    private String name;
    private Set<String> roles;
    private Double expiresAt;
    private Double notBefore;
    private Double issuedAt;
    private String issuer;
    private Set<String> audiences = Set.of();

    private TokenClaims() {}

    static TokenClaims read(byte[] json) throws IOException {
        var claims = new TokenClaims();
        try (JsonParser from = JSON.createParser(json)) {
            if (from.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            for (String claim = from.nextFieldName(); claim != null; claim = from.nextFieldName()) {
                JsonToken type = from.nextToken();
                switch (claim) {
                    case "sub" -> claims.name = text(from, type);
                    case "roles" -> claims.roles = type == JsonToken.START_ARRAY ? texts(from) : null;
                    case "exp" -> claims.expiresAt = number(from);
                    case "nbf" -> claims.notBefore = number(from);
                    case "iat" -> claims.issuedAt = number(from);
                    case "iss" -> claims.issuer = text(from, type);
                    case "aud" -> claims.audiences = audiences(from, type);
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

    /** The caller, with these roles, if {@link #refusal} is empty. */
    BearerTokens.Identity identity(Set<String> roles) {
        return new BearerTokens.Identity(name, roles, time(expiresAt));
    }

    /** As in the token; null if it has none. */
    Set<String> roles() {
        return roles;
    }

    /** Null if the token has none. */
    String issuer() {
        return issuer;
    }

    Set<String> audiences() {
        return audiences;
    }

    /** The reason why name and times are not acceptable; empty if they are. */
    Optional<String> refusal(Instant now) {
        if (name == null || !TextRules.isPrintable(name, Limits.NAME_LENGTH_MAX)) {
            return Optional.of("its \"sub\" is missing, or is no text of 1 to " + Limits.NAME_LENGTH_MAX
                    + " printable characters");
        } else if (!isTime(expiresAt)) {
            return Optional.of("it has no \"exp\" until the year 9999");
        } else if (!now.isBefore(time(expiresAt))) {
            return Optional.of("it has expired");
        } else if (!hasBegun(notBefore, now) || !hasBegun(issuedAt, now)) {
            return Optional.of("it is not valid yet");
        }
        return Optional.empty();
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

    private static Double number(JsonParser from) throws IOException {
        return from.currentToken().isNumeric() ? from.getDoubleValue() : Double.NaN;
    }

    private static String text(JsonParser from, JsonToken type) throws IOException {
        return type == JsonToken.VALUE_STRING ? from.getText() : null;
    }

    /** One text, or a list (RFC 7519, section 4.1.3). */
    private static Set<String> audiences(JsonParser from, JsonToken type) throws IOException {
        return switch (type) {
            case VALUE_STRING -> Set.of(from.getText());
            case START_ARRAY -> texts(from);
            default -> Set.of();
        };
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
