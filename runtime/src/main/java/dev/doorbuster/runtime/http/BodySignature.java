package dev.doorbuster.runtime.http;

import dev.doorbuster.contracts.value.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * HMAC-SHA256 (RFC 2104) over the timestamp in seconds, a full stop and the body, so that neither can be replaced: made for
 * webhooks that are sent, checked for those that are received.
 */
public final class BodySignature {
    private static final String SCHEME = "v1=";
    private static final String TIME = "t=";
    /** A sender that rotates its secret signs with two. */
    private static final int SIGNATURES_MAX = 8;

    private BodySignature() {}

    /** The scheme's version and the code in hexadecimal. */
    public static String of(String secret, Instant at, Buffer body) {
        return SCHEME + HexFormat.of().formatHex(code(secret, at.getEpochSecond(), body));
    }

    /**
     * The reason why a header such as {@code t=1795766400,v1=5257a8…} does not authenticate the body; empty if it does. All
     * codes are compared with all secrets, each in constant time.
     *
     * @param header may be null; of several {@code v1} one has to be right, other schemes are ignored
     * @param tolerance limit of the distance between {@code t} and now, in both directions
     */
    public static Optional<String> refusal(
            String header, List<String> secrets, Instant now, Duration tolerance, Buffer body) {
        if (header == null) {
            return Optional.of("the signature is missing");
        }
        Long time = null;
        var codes = new ArrayList<byte[]>();
        for (String part : header.split(",", SIGNATURES_MAX + 1)) {
            String field = part.trim();
            if (field.startsWith(TIME)) {
                time = seconds(field.substring(TIME.length()));
            } else if (field.startsWith(SCHEME)) {
                code(field.substring(SCHEME.length())).ifPresent(codes::add);
            }
        }
        if (time == null || codes.isEmpty()) {
            return Optional.of("the signature must be written as t=<seconds>,v1=<hexadecimal code>");
        } else if (!isRight(secrets, time, codes, body)) {
            return Optional.of("the signature is not that of this body and timestamp by a secret known here");
        } else if (Math.abs(now.getEpochSecond() - time) > tolerance.toSeconds()) {
            return Optional.of("the signature's timestamp is more than " + tolerance.toSeconds()
                    + " seconds from the server's clock: sign it again");
        }
        return Optional.empty();
    }

    private static boolean isRight(List<String> secrets, long time, List<byte[]> codes, Buffer body) {
        boolean right = false;
        for (String secret : secrets) {
            byte[] wanted = code(secret, time, body);
            for (byte[] code : codes) {
                right |= MessageDigest.isEqual(wanted, code);
            }
        }
        return right;
    }

    private static byte[] code(String secret, long time, Buffer body) {
        Mac mac = Sha256.mac(secret.getBytes(StandardCharsets.UTF_8));
        mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
        return mac.doFinal(body.getBytes());
    }

    private static Optional<byte[]> code(String hexadecimal) {
        try {
            return Optional.of(HexFormat.of().parseHex(hexadecimal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Null if it is no number of at most 18 digits. */
    private static Long seconds(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
