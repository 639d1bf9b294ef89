package dev.doorbuster.runtime.figures;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * How the board of figures is kept.
 *
 * @param interval how often an instance writes its own; zero is never
 * @param life how long they stand after they were written
 */
public record FiguresConfig(Duration interval, Duration life) {
    public static FiguresConfig fromEnv(Environment env) {
        return new FiguresConfig(
                env.millis(
                        "DOORBUSTER_FIGURES_INTERVAL_MS", Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(1)),
                env.millis(
                        "DOORBUSTER_FIGURES_LIFE_MS",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(10)));
    }

    boolean isOff() {
        return interval.isZero();
    }
}
