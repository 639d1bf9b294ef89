package dev.doorbuster.waitingroom;

import dev.doorbuster.contracts.value.SaleId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;

/**
 * Mints and checks passes: an expiry and its MAC with sale and buyer, so that an edge needs no store to check one. A pass
 * contains neither sale nor buyer, and is worthless for others.
 */
public final class QueuePasses {
    private static final int MAC_BYTES = 32;
    private static final int PASS_BYTES = Long.BYTES + MAC_BYTES;
    /** Base64 of 40 bytes without padding. */
    private static final int PASS_LENGTH = 54;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final DerivedMac mac;

    /**
     * Passes under this secret.
     *
     * @param secret of the bearer tokens, which edges and notifiers share; the key is derived from it
     */
    public QueuePasses(String secret) {
        mac = new DerivedMac(secret, "doorbuster queue passes, version 1");
    }

    /** The same pass whenever it is minted for the same expiry. */
    public String mint(SaleId sale, String buyer, Instant expiresAt) {
        long millis = expiresAt.toEpochMilli();
        ByteBuffer bytes = ByteBuffer.allocate(PASS_BYTES).putLong(millis).put(mac.of(millis, sale.value(), buyer));
        return ENCODER.encodeToString(bytes.array());
    }

    /** False for null, and for a pass that is malformed, forged, expired, of another sale or of another buyer. */
    public boolean isValid(String pass, SaleId sale, String buyer, Instant now) {
        if (pass == null || pass.length() != PASS_LENGTH) {
            return false;
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(DECODER.decode(pass));
        } catch (IllegalArgumentException e) {
            return false;
        }
        long millis = bytes.getLong();
        byte[] given = new byte[MAC_BYTES];
        bytes.get(given);
        return millis > now.toEpochMilli() && MessageDigest.isEqual(given, mac.of(millis, sale.value(), buyer));
    }
}
