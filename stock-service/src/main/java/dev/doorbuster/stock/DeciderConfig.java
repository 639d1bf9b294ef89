package dev.doorbuster.stock;

import java.time.Duration;

/**
 * Waits and limits of the decider.
 *
 * @param recountInterval wait between two recount requests while a counter is missing
 * @param missingPoll wait between two reads of a missing counter
 * @param missingMax longest wait in one attempt; the orders are kept and retried
 * @param answerKept expiry of a refusal in the answer cache
 * @param answerMax longest write to the answer cache
 */
record DeciderConfig(
        Duration recountInterval, Duration missingPoll, Duration missingMax, Duration answerKept, Duration answerMax) {
    private static final Duration RECOUNT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MISSING_POLL = Duration.ofMillis(20);
    private static final Duration MISSING_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_KEPT = Duration.ofHours(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(250);

    static DeciderConfig defaults() {
        return new DeciderConfig(RECOUNT_INTERVAL, MISSING_POLL, MISSING_MAX, ANSWER_KEPT, ANSWER_TIMEOUT);
    }
}
