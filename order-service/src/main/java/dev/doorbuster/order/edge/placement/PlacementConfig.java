package dev.doorbuster.order.edge.placement;

import dev.doorbuster.order.edge.auth.AuthConfig;
import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Limits of placing orders, per edge.
 *
 * @param buyerPerSecond sustained requests of one buyer
 * @param buyerBurst requests of one buyer at once
 * @param buyersTrackedMax buyers whose rate is tracked
 * @param pendingMax requests that may wait for a decision or a confirm; further ones are answered "overloaded", or
 *     "outcome-unknown" if their order is already in flight
 * @param decisionWaitMax expected time to the decision up to which orders are admitted; further ones are answered
 *     "overloaded"
 * @param waitMax longest wait for a decision, whatever the client prefers
 * @param entranceWaitingMax orders of one sale that may wait for the batch in flight
 * @param lookupBatchMax orders read by one query
 * @param lookupWaitingMax orders that may wait for a query
 * @param lostAnswersReadEvery interval at which the ledger is read for pending requests whose answers may be lost
 * @param lookupMax time limit of a look-up
 * @param drainMax how long a stopping edge waits for confirms before it answers that the outcome is unknown
 * @param retryAfterSeconds default of "Retry-After"
 */
public record PlacementConfig(
        int buyerPerSecond,
        int buyerBurst,
        int buyersTrackedMax,
        int pendingMax,
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
                AuthConfig.buyersTrackedMax(env),
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
