package dev.doorbuster.order.edge.id;

import dev.doorbuster.contracts.value.TextRules;
import java.security.SecureRandom;

/**
 * Validates idempotency keys, and generates keys for requests without one. A generated key must be unique, not
 * secret, because the order's id is a keyed hash: a random prefix per edge and a counter suffice, without entropy or
 * a lock per request. To be used on one event loop only.
 */
public final class IdempotencyKeys {
    private final String prefix;
    private long made;

    public IdempotencyKeys() {
        var random = new SecureRandom();
        this.prefix = Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX) + "-"
                + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX) + "-";
    }

    public static boolean isValid(String key) {
        return TextRules.isVisibleAscii(key);
    }

    public String make() {
        return prefix + Long.toString(made++, Character.MAX_RADIX);
    }
}
