package dev.doorbuster.waitingroom;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 under a key derived from the services' shared secret and a label of its purpose. Each text is prefixed
 * with its length, so that different inputs never encode equally. Safe for any thread.
 */
final class DerivedMac {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    DerivedMac(String secret, String label) {
        byte[] key = keyed(secret.getBytes(StandardCharsets.UTF_8)).doFinal(label.getBytes(StandardCharsets.US_ASCII));
        mac = keyed(key);
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac made = Mac.getInstance(ALGORITHM);
            made.init(new SecretKeySpec(key, ALGORITHM));
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    byte[] of(long number, String... texts) {
        synchronized (mac) {
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return mac.doFinal();
        }
    }
}
