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
    public static SweepConfig fromEnv(Environment env) {
        return new SweepConfig(
                env.millis("DOORBUSTER_SWEEP_INTERVAL_MS", 250, 10, 5000),
                env.millis("DOORBUSTER_HOLD_GRACE_MS", 5000, 0, 3_600_000),
                env.millis("DOORBUSTER_SWEEP_ASK_AGAIN_MS", 10_000, 50, 3_600_000),
                env.integer("DOORBUSTER_SWEEP_HOLDS_MAX", 4096, 1, 100_000));
    }
}
