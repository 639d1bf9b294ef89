package dev.doorbuster.racelab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.doorbuster.runtime.config.ConfigException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaceLabConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "DOORBUSTER_JWT_SECRET", SECRET,
            "DOORBUSTER_LEARN_PASSWORD", "lessons-password",
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
                .doesNotContain("lessons-password")
                .doesNotContain("database-password");
    }

    @Test
    void rejectsAnyOrigin() {
        variables.put("DOORBUSTER_CORS_ORIGINS", "https://shop.example, *");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> RaceLabConfig.fromEnv(variables))
                .withMessageContaining("DOORBUSTER_CORS_ORIGINS must list origins");
    }

    @Test
    void keysOutliveTheLongestRace() {
        RaceLabConfig config = RaceLabConfig.fromEnv(variables);

        assertThat(config.strategies().keysLife()).isGreaterThan(config.races().raceMax());
    }
}
