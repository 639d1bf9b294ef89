package dev.doorbuster.cli.crowd;

import java.time.Duration;

/**
 * How long buyers keep at it.
 *
 * @param answerMax how long a buyer waits for an answer; longer than {@link Manners#waitPreferred()}
 * @param retriesMax how often a buyer repeats a request that was refused for now, or whose answer was lost
 * @param retryWaitMax the longest wait before that, whatever the server asks for
 * @param looksMax how often a buyer looks after an accepted order before repeating the request
 * @param lookEvery the wait before each look
 */
public record Patience(Duration answerMax, int retriesMax, Duration retryWaitMax, int looksMax, Duration lookEvery) {
    public static Patience everyday() {
        return new Patience(Duration.ofSeconds(30), 20, Duration.ofSeconds(5), 6, Duration.ofMillis(500));
    }
}
