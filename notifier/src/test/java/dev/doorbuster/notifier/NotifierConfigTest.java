package dev.doorbuster.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.doorbuster.runtime.config.ConfigException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotifierConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "DOORBUSTER_JWT_SECRET", SECRET,
            "DOORBUSTER_RABBITMQ_USER", "notifier",
            "DOORBUSTER_RABBITMQ_PASSWORD", "rabbit-password"));

    @Test
    void needsOnlySecrets() {
        NotifierConfig config = NotifierConfig.fromEnv(variables);

        assertThat(config.http().port()).isEqualTo(8082);
        assertThat(config.management().port()).isEqualTo(9082);
        assertThat(config.streams().heartbeat()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void printsNoSecret() {
        assertThat(NotifierConfig.fromEnv(variables).toString())
                .doesNotContain(SECRET)
                .doesNotContain("rabbit-password");
    }

    @Test
    void reportsAllErrorsAtOnce() {
        variables.put("DOORBUSTER_JWT_SECRET", "short");
        variables.put("DOORBUSTER_HTTP_PORT", "http");
        variables.put("DOORBUSTER_CORS_ORIGINS", "shop.example");
        variables.put("DOORBUSTER_SSE_HEARTBEAT_MS", "60000");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> NotifierConfig.fromEnv(variables))
                .withMessageContainingAll(
                        "DOORBUSTER_JWT_SECRET",
                        "DOORBUSTER_HTTP_PORT",
                        "DOORBUSTER_CORS_ORIGINS",
                        "DOORBUSTER_SSE_HEARTBEAT_MS must be 100 to 45000")
                .withMessageNotContaining("short ");
    }
}
