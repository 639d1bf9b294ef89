package dev.doorbuster.racelab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.doorbuster.runtime.config.ConfigException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaceLabConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "DOORBUSTER_JWT_SECRET", SECRET,
            "DOORBUSTER_DB_USER", "lab",
            "DOORBUSTER_DB_PASSWORD", "database-password"));

    @Test
    void needsOnlySecrets() {
        RaceLabConfig config = RaceLabConfig.fromEnv(variables);

        assertThat(config.http().port()).isEqualTo(8083);
        assertThat(config.http().connectionsMax()).isEqualTo(100);
        assertThat(config.http().corsOrigins()).isEmpty();
    }

    @Test
    void printsNoSecret() {
        assertThat(RaceLabConfig.fromEnv(variables).toString())
                .doesNotContain(SECRET)
                .doesNotContain("database-password");
    }

    @Test
    void rejectsAnyOrigin() {
        variables.put("DOORBUSTER_CORS_ORIGINS", "https://shop.example, *");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> RaceLabConfig.fromEnv(variables))
                .withMessageContaining("DOORBUSTER_CORS_ORIGINS must list origins");
    }

    @ParameterizedTest
    @CsvSource({"60000, 60000", "60000, 600000"})
    void rejectsAKeyExpiryBelowTheRaceTimeout(String life, String race) {
        variables.put("DOORBUSTER_RACE_LAB_KEYS_LIFE_MS", life);
        variables.put("DOORBUSTER_RACE_LAB_RACE_TIMEOUT_MS", race);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> RaceLabConfig.fromEnv(variables))
                .withMessageContaining("DOORBUSTER_RACE_LAB_KEYS_LIFE_MS");
    }

    @Test
    void readsTheLimitsOfTheCombinedCounters() {
        variables.put("DOORBUSTER_RACE_LAB_ROUNDS_MAX", "3");
        variables.put("DOORBUSTER_RACE_LAB_ROUND_JITTER_MS", "5");

        RaceLabConfig config = RaceLabConfig.fromEnv(variables);

        assertThat(config.strategies().roundsMax()).isEqualTo(3);
        assertThat(config.strategies().jitterMax()).isEqualTo(Duration.ofMillis(5));
    }
}
