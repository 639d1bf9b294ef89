package dev.doorbuster.contracts.counter;

import dev.doorbuster.contracts.value.SaleId;
import java.time.Duration;
import java.time.Instant;

/** Keys of sales with a counter in Redis. The keys of a sale share a hash tag, so that they are in one slot. */
public final class RedisKeys {
    /** Outcomes are in one hash per time slot, so that old ones expire together. */
    public static final Duration OUTCOME_SLOT = Duration.ofMinutes(10);

    private RedisKeys() {}

    private static String key(SaleId sale, String what) {
        return "doorbuster:{" + sale + "}:" + what;
    }

    /** String: {@link CounterValue}. */
    public static String counter(SaleId sale) {
        return key(sale, "counter");
    }

    /** Hash: quantity by order id; 0 is the tombstone of a released reservation. */
    public static String reservations(SaleId sale) {
        return key(sale, "reservations");
    }

    /** Hash: quantity by buyer. */
    public static String buyers(SaleId sale) {
        return key(sale, "buyers");
    }

    /** Hash: outcome by request id, for the requests received in one time slot. */
    public static String outcomes(SaleId sale, Instant receivedAt) {
        return key(sale, "outcomes:" + receivedAt.getEpochSecond() / OUTCOME_SLOT.toSeconds());
    }
}
