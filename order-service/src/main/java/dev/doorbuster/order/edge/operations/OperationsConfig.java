package dev.doorbuster.order.edge.operations;

import java.time.Duration;

/**
 * Limits of operations requests.
 *
 * @param freshMax how long one reading is shared by requests
 * @param queuesTimeout time limit for reading the queues' depths
 * @param idleMax time without requests after which the broker connection is closed
 * @param deadLettersMax dead letters shown, and handled by one request
 * @param deadLettersTimeout time limit of reading or handling them
 * @param contentShownMax characters of a dead letter's content in an answer
 * @param contentLoggedMax characters of a discarded dead letter's content in the log
 */
public record OperationsConfig(
        Duration freshMax,
        Duration queuesTimeout,
        Duration idleMax,
        int deadLettersMax,
        Duration deadLettersTimeout,
        int contentShownMax,
        int contentLoggedMax) {
    private static final Duration FRESH = Duration.ofMillis(900);
    private static final int DEAD_LETTERS_SHOWN_MAX = 100;
    private static final int DEAD_LETTERS_CONTENT_LOGGED_MAX = 65_536;
    private static final int DEAD_LETTERS_CONTENT_SHOWN_MAX = 2000;
    private static final Duration DEAD_LETTERS_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration QUEUES_TIMEOUT = Duration.ofSeconds(2);

    public static OperationsConfig defaults() {
        return new OperationsConfig(
                FRESH,
                QUEUES_TIMEOUT,
                IDLE,
                DEAD_LETTERS_SHOWN_MAX,
                DEAD_LETTERS_TIMEOUT,
                DEAD_LETTERS_CONTENT_SHOWN_MAX,
                DEAD_LETTERS_CONTENT_LOGGED_MAX);
    }
}
