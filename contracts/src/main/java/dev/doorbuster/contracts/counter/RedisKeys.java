package dev.doorbuster.contracts.counter;

import dev.doorbuster.contracts.message.SaleId;
import java.time.Duration;
import java.time.Instant;

/** Keys of a Redis-backed sale. All share a hash tag, so that a cluster keeps one sale on one node. */
public final class RedisKeys {
    /** Outcomes are kept in one hash per slot of time, so that old ones expire together. */
    public static final Duration OUTCOME_SLOT = Duration.ofMinutes(10);

    private RedisKeys() {}

    private static String key(SaleId sale, String what) {
        return "doorbuster:{" + sale + "}:" + what;
    }

    /** String: {@link CounterValue}. */
    public static String counter(SaleId sale) {
        return key(sale, "counter");
    }

    /** Hash: order id to quantity; 0 is the tombstone of a released reservation. */
    public static String reservations(SaleId sale) {
        return key(sale, "reservations");
    }

    /** Hash: buyer to quantity. */
    public static String buyers(SaleId sale) {
        return key(sale, "buyers");
    }

    /** Hash: request id to outcome, of the requests received in one slot of time. */
    public static String outcomes(SaleId sale, Instant receivedAt) {
        return key(sale, "outcomes:" + receivedAt.getEpochSecond() / OUTCOME_SLOT.toSeconds());
    }
}
