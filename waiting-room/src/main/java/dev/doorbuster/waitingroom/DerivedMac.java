package dev.doorbuster.waitingroom;

import dev.doorbuster.contracts.value.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;

/**
 * HMAC-SHA256 under a key derived from the services' shared secret and a label of its purpose. Each text is prefixed
 * with its length, so that different inputs never encode equally. Safe for any thread.
 */
final class DerivedMac {
    private final Mac mac;

    DerivedMac(String secret, String label) {
        Mac derivation = Sha256.mac(secret.getBytes(StandardCharsets.UTF_8));
        mac = Sha256.mac(derivation.doFinal(label.getBytes(StandardCharsets.US_ASCII)));
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
