package dev.doorbuster.order.edge.operations;

import java.time.Duration;

/**
 * Limits of operations requests.
 *
 * @param freshMax how long one reading is shared by requests
 * @param deadLettersMax dead letters shown, and handled by one request
 */
public record OperationsConfig(Duration freshMax, int deadLettersMax) {
    private static final Duration FRESH = Duration.ofMillis(900);
    private static final int DEAD_LETTERS_SHOWN_MAX = 100;

    public static OperationsConfig defaults() {
        return new OperationsConfig(FRESH, DEAD_LETTERS_SHOWN_MAX);
    }
}
