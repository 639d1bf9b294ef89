package dev.doorbuster.stock;

import dev.doorbuster.runtime.config.Environment;
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
    private static final Duration ANSWER_KEPT = Duration.ofHours(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(250);

    static DeciderConfig fromEnv(Environment env) {
        return new DeciderConfig(
                env.millis("DOORBUSTER_STOCK_RECOUNT_INTERVAL_MS", 1000, 10, 60_000),
                env.millis("DOORBUSTER_STOCK_MISSING_POLL_MS", 20, 1, 10_000),
                env.millis("DOORBUSTER_STOCK_MISSING_MAX_MS", 5000, 10, 300_000),
                ANSWER_KEPT,
                ANSWER_TIMEOUT);
    }
}
