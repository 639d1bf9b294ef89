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
                env.millis(
                        "DOORBUSTER_SWEEP_INTERVAL_MS",
                        Duration.ofMillis(250),
                        Duration.ofMillis(10),
                        Duration.ofSeconds(5)),
                env.millis("DOORBUSTER_HOLD_GRACE_MS", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1)),
                env.millis(
                        "DOORBUSTER_SWEEP_ASK_AGAIN_MS",
                        Duration.ofSeconds(10),
                        Duration.ofMillis(50),
                        Duration.ofHours(1)),
                env.integer("DOORBUSTER_SWEEP_HOLDS_MAX", 4096, 1, 100_000));
    }
}
