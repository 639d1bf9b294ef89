package dev.doorbuster.runtime.amqp.deadletter;

import java.time.Duration;

/**
 * Intervals and limits of {@link DeadLetterRetry}.
 *
 * @param interval wait between two rounds
 * @param pause how long a message waits before it is replayed, so that the cause of the crashes can end
 * @param deadLettersMax messages per round; the next round takes those that follow
 */
public record DeadLetterRetryConfig(Duration interval, Duration pause, int deadLettersMax) {
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int PER_ROUND_MAX = 16;

    public static DeadLetterRetryConfig defaults() {
        return new DeadLetterRetryConfig(INTERVAL, PAUSE, PER_ROUND_MAX);
    }
}
