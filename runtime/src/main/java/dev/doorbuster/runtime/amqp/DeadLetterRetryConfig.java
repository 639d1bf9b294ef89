package dev.doorbuster.runtime.amqp;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Intervals and limits of {@link DeadLetterRetry}.
 *
 * @param interval wait between two rounds
 * @param pause how long a message waits before it is replayed, so that the cause of the crashes can end
 * @param lettersMax messages per round; the next round takes those that follow
 */
public record DeadLetterRetryConfig(Duration interval, Duration pause, int lettersMax) {
    private static final int LETTERS_PER_ROUND_MAX = 16;

    public static DeadLetterRetryConfig fromEnv(Environment env) {
        return new DeadLetterRetryConfig(
                env.millis("DOORBUSTER_SECOND_CHANCE_INTERVAL_MS", 15_000, 10, 3_600_000),
                env.millis(
                        "DOORBUSTER_SECOND_CHANCE_PAUSE_MS", Duration.ofSeconds(30), Duration.ZERO, Duration.ofDays(1)),
                LETTERS_PER_ROUND_MAX);
    }
}
