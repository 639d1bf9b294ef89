package dev.doorbuster.waitingroom;

import dev.doorbuster.contracts.value.SaleId;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Pseudonyms of buyers in a sale's waiting room: Redis and the published draw contain these instead of names. The same
 * buyer has the same pseudonym in one sale and an unrelated one in another.
 */
public final class Entrants {
    /** 128 bits: two buyers of one sale never meet. */
    private static final int BYTES = 16;

    private final DerivedMac mac;

    /**
     * Creates pseudonyms under this secret.
     *
     * @param secret of the bearer tokens; the key is derived from it
     */
    public Entrants(String secret) {
        mac = new DerivedMac(secret, "doorbuster waiting room entrants, version 1");
    }

    /** 32 hexadecimal digits. */
    public String of(SaleId sale, String buyer) {
        return HexFormat.of().formatHex(Arrays.copyOf(mac.of(0, sale.value(), buyer), BYTES));
    }
}
