package dev.doorbuster.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsConfigTest {
    @Test
    void rejectsAnExpiryShorterThanTheWriteInterval() {
        // Given
        var env =
                new Environment(Map.of("DOORBUSTER_FIGURES_INTERVAL_MS", "5000", "DOORBUSTER_FIGURES_LIFE_MS", "5000"));

        // When
        StatsConfig unused = StatsConfig.fromEnv(env);

        // Then
        assertThatThrownBy(env::check).hasMessageContaining("DOORBUSTER_FIGURES_INTERVAL_MS must be less than");
    }

    @Test
    void allowsNoStatsAtAll() {
        // Given
        var env = new Environment(Map.of("DOORBUSTER_FIGURES_INTERVAL_MS", "0"));

        // When
        StatsConfig config = StatsConfig.fromEnv(env);

        // Then
        env.check();
        assertThat(config.isOff()).isTrue();
        assertThat(config.life()).isEqualTo(Duration.ofSeconds(5));
    }
}
