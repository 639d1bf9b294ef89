package dev.doorbuster.devservices.support;

import java.io.IOException;
import java.time.Duration;

/** Waits for a condition that several processes establish together. */
public final class Polling {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private Polling() {}

    /** An {@link IOException} means "not yet". */
    @FunctionalInterface
    public interface Condition {
        boolean ask() throws IOException, InterruptedException;
    }

    /**
     * Polls until the condition is true.
     *
     * @throws IllegalStateException if it is not within the limit
     */
    public static void until(String what, Duration limit, Condition condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!isSo(condition)) {
                if (System.nanoTime() >= deadline) {
                    throw new IllegalStateException("not within " + limit + ": " + what);
                }
                Thread.sleep(INTERVAL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean isSo(Condition condition) throws InterruptedException {
        try {
            return condition.ask();
        } catch (IOException notYet) {
            return false;
        }
    }
}
