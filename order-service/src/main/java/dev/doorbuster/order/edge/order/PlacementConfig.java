package dev.doorbuster.order.edge.order;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * What placing orders is allowed, for each edge.
 *
 * @param buyerPerSecond requests of one buyer in the long run
 * @param buyerBurst requests of one buyer at once
 * @param buyersTrackedMax buyers whose rate is remembered
 * @param heldMax requests that may wait for a decision or a confirm; one more is told "overloaded", or
 *     "outcome-unknown" where its order is in flight already
 * @param decisionWaitMax how long a taken order may be expected to wait for its decision; where more orders are undecided,
 *     one more is told "overloaded"
 * @param waitMax the longest wait for a decision that a client gets, whatever it prefers
 * @param entranceWaitingMax orders of one sale that may wait for the batch in flight
 * @param lookupBatchMax orders looked up in one query
 * @param lookupWaitingMax orders that may wait for a look-up
 * @param lostAnswersReadEvery how often the ledger is read for held requests whose answers may have been lost
 * @param lookupMax how long a look-up may keep its caller waiting
 * @param drainMax how long a stopping edge waits for confirms until it says that an outcome is unknown
 * @param retryAfterSeconds what "Retry-After" says where nothing better is known
 */
public record PlacementConfig(
        int buyerPerSecond,
        int buyerBurst,
        int buyersTrackedMax,
        int heldMax,
        Duration decisionWaitMax,
        Duration waitMax,
        int entranceWaitingMax,
        int lookupBatchMax,
        int lookupWaitingMax,
        Duration lostAnswersReadEvery,
        Duration lookupMax,
        Duration drainMax,
        int retryAfterSeconds) {
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);
    private static final int ORDERS_WAITING_MAX = 5_000;
    private static final int LOOKUP_BATCH_MAX = 500;
    private static final int LOOKUP_WAITING_MAX = 20_000;
    private static final Duration LOST_ANSWERS_READ_EVERY = Duration.ofSeconds(1);
    private static final int RETRY_AFTER_SECONDS = 1;

    public static PlacementConfig fromEnv(Environment env) {
        return new PlacementConfig(
                env.integer("DOORBUSTER_BUYER_RATE_PER_SECOND", 10, 1, 1_000_000),
                env.integer("DOORBUSTER_BUYER_RATE_BURST", 20, 1, 1_000_000),
                env.integer("DOORBUSTER_BUYERS_TRACKED_MAX", 100_000, 1, 10_000_000),
                env.integer("DOORBUSTER_HELD_REQUESTS_MAX", 10_000, 1, 1_000_000),
                env.millis("DOORBUSTER_DECISION_WAIT_MAX_MS", 1500, 100, 60_000),
                Duration.ofSeconds(env.number("DOORBUSTER_WAIT_MAX_SECONDS", 30, 1, 300)),
                ORDERS_WAITING_MAX,
                LOOKUP_BATCH_MAX,
                LOOKUP_WAITING_MAX,
                LOST_ANSWERS_READ_EVERY,
                LOOKUP_TIMEOUT,
                DRAIN_TIMEOUT,
                RETRY_AFTER_SECONDS);
    }
}
