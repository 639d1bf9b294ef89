package dev.doorbuster.order.edge.order;

import dev.doorbuster.contracts.message.TextRules;
import java.security.SecureRandom;

/**
 * Idempotency keys: which ones are valid, and new ones for requests that bring none. A made key has to be new, not
 * secret: the order's id is a keyed hash. So a random name of this edge and a number will do, at the price of neither
 * entropy nor a lock per request of a storm. To be used on one event loop only.
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
