package dev.doorbuster.devservices.process;

import java.time.Duration;

/** The wait between two probes of a process. */
final class Pause {
    private Pause() {}

    /** False if interrupted; the caller stops waiting, and the thread stays interrupted. */
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
