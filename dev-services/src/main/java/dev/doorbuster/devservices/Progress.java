package dev.doorbuster.devservices;

import java.time.Duration;
import java.util.Locale;

/**
 * A step of a server's start.
 *
 * @param took since the start began; zero for {@link Phase#STARTING}
 */
public record Progress(ServerKind kind, Phase phase, Duration took) {
    private static final double MILLIS_PER_SECOND = 1_000.0;

    public enum Phase {
        STARTING,
        READY,
        FAILED
    }

    /** Readable text: {@code rabbitmq ready in 7.1 s}. */
    @Override
    public String toString() {
        String seconds = String.format(Locale.ROOT, "%.1f s", took.toMillis() / MILLIS_PER_SECOND);
        return switch (phase) {
            case STARTING -> kind.label() + " starting";
            case READY -> kind.label() + " ready in " + seconds;
            case FAILED -> kind.label() + " failed after " + seconds;
        };
    }
}
