package dev.doorbuster.stock;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * What the decider waits for, and how long.
 *
 * @param recountInterval how often a recount is asked for while a counter is missing
 * @param missingPoll how often is looked whether it has come
 * @param missingMax how long is waited for it in one attempt; the orders are kept and tried again
 * @param answerKept how long a refusal can be looked up in the answer cache
 * @param answerMax how long writing to the answer cache may take
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
