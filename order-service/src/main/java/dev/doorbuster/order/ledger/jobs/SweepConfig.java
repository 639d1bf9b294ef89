package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Settings of the hold sweeper.
 *
 * @param interval interval of looking for expired holds
 * @param grace time after a hold's end before it is published: a payment in time may still be in flight to the
 *     ledger
 * @param askAgain time after which an order that is still RESERVED is published again
 * @param holdsMax holds per round; the next round continues after them
 */
public record SweepConfig(Duration interval, Duration grace, Duration askAgain, int holdsMax) {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    private static final int HOLDS_MAX = 4096;

    public static SweepConfig fromEnv(Environment env) {
        return new SweepConfig(
                INTERVAL, env.millis("DOORBUSTER_HOLD_GRACE_MS", 5000, 0, 3_600_000), ASK_AGAIN, HOLDS_MAX);
    }
}
