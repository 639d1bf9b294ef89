package dev.doorbuster.runtime.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresConfigTest {
    @Test
    void figuresThatWouldBeGoneBeforeTheyAreWrittenAgainAreRefused() {
        // Given
        var env =
                new Environment(Map.of("DOORBUSTER_FIGURES_INTERVAL_MS", "5000", "DOORBUSTER_FIGURES_LIFE_MS", "5000"));

        // When
        FiguresConfig unused = FiguresConfig.fromEnv(env);

        // Then
        assertThatThrownBy(env::check).hasMessageContaining("DOORBUSTER_FIGURES_INTERVAL_MS must be less than");
    }

    @Test
    void noFiguresAtAllAreAllowed() {
        // Given
        var env = new Environment(Map.of("DOORBUSTER_FIGURES_INTERVAL_MS", "0"));

        // When
        FiguresConfig config = FiguresConfig.fromEnv(env);

        // Then
        env.check();
        assertThat(config.isOff()).isTrue();
        assertThat(config.life()).isEqualTo(Duration.ofSeconds(5));
    }
}
