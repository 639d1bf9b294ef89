package dev.doorbuster.contracts.counter;

import dev.doorbuster.contracts.message.SaleId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Keys of a Memcached-backed sale, and of the answer cache. Buyers' names may hold what a key may not: they are hashed. */
public final class MemcachedKeys {
    private MemcachedKeys() {}

    /** {@link CounterValue}. */
    public static String counter(SaleId sale) {
        return "counter:" + sale;
    }

    /** The id of the one order that this buyer has counted. */
    public static String claim(SaleId sale, String buyer) {
        return "claim:" + sale + ":" + hash(buyer);
    }

    public static String outcome(SaleId sale, UUID requestId) {
        return "outcome:" + sale + ":" + requestId;
    }

    /** The reason for which an order was last refused by a counter. */
    public static String answer(UUID orderId) {
        return "answer:" + orderId;
    }

    private static String hash(String buyer) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(buyer.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
