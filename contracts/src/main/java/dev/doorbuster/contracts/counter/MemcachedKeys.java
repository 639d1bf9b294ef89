package dev.doorbuster.contracts.counter;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.Sha256;
import java.util.UUID;

/**
 * Keys of sales with a counter in Memcached, and of the caches beside them. Buyers are hashed, because their names may contain
 * characters that keys must not.
 */
public final class MemcachedKeys {
    private MemcachedKeys() {}

    /** {@link CounterValue}. */
    public static String counter(SaleId sale) {
        return "counter:" + sale;
    }

    /** The id of the buyer's one counted order. */
    public static String claim(SaleId sale, String buyer) {
        return "claim:" + sale + ":" + hash(buyer);
    }

    public static String outcome(SaleId sale, UUID requestId) {
        return "outcome:" + sale + ":" + requestId;
    }

    /** The reason of an order's last refusal by a counter. */
    public static String answer(UUID orderId) {
        return "answer:" + orderId;
    }

    /** Totals of one of the closed sales that have this slot. */
    public static String closedSale(int slot) {
        return "closed:" + slot;
    }

    /** How often the sale's page was loaded. */
    public static String pageViews(SaleId sale) {
        return "views:" + sale;
    }

    private static String hash(String buyer) {
        return Sha256.hex(buyer).substring(0, 32);
    }
}
