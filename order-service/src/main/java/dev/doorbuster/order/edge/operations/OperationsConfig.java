package dev.doorbuster.order.edge.operations;

import java.time.Duration;

/**
 * What a look at the whole system is allowed.
 *
 * @param freshMax how long one reading is given to all who ask
 * @param queuesMax how long counting the messages in the queues may take
 * @param idleMax after which time without a look the connection to the broker is closed
 * @param deadLettersMax dead letters shown, and dealt with by one request
 * @param deadLettersTimeout how long a look at them, or an act, may take
 * @param contentShownMax characters of a dead letter's content that are shown
 * @param contentLoggedMax characters of the content of one that is thrown away that go to the log
 */
public record OperationsConfig(
        Duration freshMax,
        Duration queuesMax,
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
