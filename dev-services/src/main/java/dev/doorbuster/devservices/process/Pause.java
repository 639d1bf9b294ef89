package dev.doorbuster.devservices.process;

import java.time.Duration;

/** Waiting between two looks at a process. */
final class Pause {
    private Pause() {}

    /** Says false when interrupted; the caller gives up, and the thread stays marked as interrupted. */
    static boolean of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
