package dev.doorbuster.order.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthConfigTest {
    private static final String SECRET = "a secret of this test, long enough";

    @Test
    void refusesTheDemoLogInWhereOthersCanReachIt() {
        assertThatThrownBy(() -> read(false, "DOORBUSTER_DEMO_LOGIN", "true"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DOORBUSTER_DEMO_LOGIN_FORCE");
        assertThatCode(() -> read(true, "DOORBUSTER_DEMO_LOGIN", "true")).doesNotThrowAnyException();
        assertThatCode(() -> read(false, "DOORBUSTER_DEMO_LOGIN", "true", "DOORBUSTER_DEMO_LOGIN_FORCE", "true"))
                .doesNotThrowAnyException();
    }

    @Test
    void isStrictByDefault() {
        AuthConfig config = read(false);

        assertThat(config.demoLogin()).isFalse();
        assertThat(config.operatorPassword()).isEmpty();
    }

    @Test
    void refusesAShortSecretAndAShortPassword() {
        assertThatThrownBy(() -> read(true, "DOORBUSTER_JWT_SECRET", "short", "DOORBUSTER_OPERATOR_PASSWORD", "short"))
                .hasMessageContaining("DOORBUSTER_JWT_SECRET must have at least 32")
                .hasMessageContaining("DOORBUSTER_OPERATOR_PASSWORD must have at least 12");
    }

    @Test
    void neverShowsASecret() {
        AuthConfig config = read(true, "DOORBUSTER_OPERATOR_PASSWORD", "the operator's own");

        assertThat(config.toString()).doesNotContain(SECRET, "the operator's own");
    }

    private static AuthConfig read(boolean loopback, String... variables) {
        Map<String, String> all = new HashMap<>(Map.of("DOORBUSTER_JWT_SECRET", SECRET));
        for (int i = 0; i < variables.length; i += 2) {
            all.put(variables[i], variables[i + 1]);
        }
        var env = new Environment(all);
        AuthConfig config = AuthConfig.fromEnv(env, loopback);
        env.check();
        return config;
    }
}
