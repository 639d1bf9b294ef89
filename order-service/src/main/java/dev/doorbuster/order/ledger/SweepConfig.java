package dev.doorbuster.order.ledger;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * The pace of the hold sweeper.
 *
 * @param interval wait between two looks for holds that have ended
 * @param grace how long after its end a hold is left alone: a payment that came in time is on its way to the ledger
 * @param askAgain how long an order whose hold was said to be over may stay RESERVED before that is said again
 * @param holdsMax holds that one look takes; the next look takes those that follow
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
