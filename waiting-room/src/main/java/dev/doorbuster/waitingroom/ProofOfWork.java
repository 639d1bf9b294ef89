package dev.doorbuster.waitingroom;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.Sha256;
import java.math.BigInteger;

/**
 * Makes many places cost computing time: a place needs a text for which {@code SHA-256(sale ":" entrant ":" text)} begins with
 * a number of zero bits. One text serves one buyer and sale, so it cannot be found before the buyer is known.
 */
public final class ProofOfWork {
    private static final int HASH_BITS = 256;
    private static final int TEXT_MAX = 64;

    private ProofOfWork() {}

    /** True for no bits, whatever the text; false for null and for a text that is too long. */
    public static boolean isValid(SaleId sale, String entrant, String text, int bits) {
        if (bits == 0) {
            return true;
        }
        return text != null
                && text.length() <= TEXT_MAX
                && new BigInteger(1, Sha256.of(sale + ":" + entrant + ":" + text)).bitLength() <= HASH_BITS - bits;
    }
}
