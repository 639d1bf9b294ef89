package dev.doorbuster.crowd.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes buyers' tokens: JWT (RFC 7519) with HS256 (RFC 7515), as the shop's log-in would. */
public final class BuyerTokens {
    private static final Duration LIFE = Duration.ofHours(8);
    /** Buyers logged in some time ago: a service whose clock is an hour behind knows their tokens. */
    private static final Duration AGE = Duration.ofHours(2);

    private static final String HEADER = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final Mac mac;

    public BuyerTokens(String secret) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Makes a token for a name of plain letters, digits and dashes. */
    public String mint(String buyer, Instant now) {
        String claims = "{\"sub\":\"%s\",\"roles\":[\"buyer\"],\"iat\":%d,\"exp\":%d}"
                .formatted(
                        buyer, now.minus(AGE).getEpochSecond(), now.plus(LIFE).getEpochSecond());
        String signed = HEADER + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
