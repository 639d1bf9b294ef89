package dev.doorbuster.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.runtime.config.ConfigException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderConfigTest {
    private final Map<String, String> variables = new HashMap<>(Map.of(
            "DOORBUSTER_DB_USER", "app",
            "DOORBUSTER_DB_PASSWORD", "database password",
            "DOORBUSTER_RABBITMQ_USER", "doorbuster",
            "DOORBUSTER_RABBITMQ_PASSWORD", "broker password",
            "DOORBUSTER_JWT_SECRET", "a secret of this test, long enough",
            "DOORBUSTER_ORDER_ID_SECRET", "another secret of this test, long enough"));

    @Test
    void needsNoMoreThanItsSecrets() {
        OrderConfig config = OrderConfig.fromEnv(variables);

        assertThat(config.roles()).containsExactlyInAnyOrder(OrderConfig.Role.EDGE, OrderConfig.Role.LEDGER);
        assertThat(config.edge()).isPresent();
        assertThat(config.migration()).isEmpty();
        assertThat(config.management().port()).isEqualTo(9080);
    }

    @Test
    void needsNeitherSecretWithoutAnEdge() {
        variables.remove("DOORBUSTER_JWT_SECRET");
        variables.remove("DOORBUSTER_ORDER_ID_SECRET");
        variables.put("DOORBUSTER_ROLES", "ledger");

        assertThat(OrderConfig.fromEnv(variables).edge()).isEmpty();
    }

    @Test
    void reportsAllErrorsTogether() {
        assertThatThrownBy(() -> OrderConfig.fromEnv(Map.of(
                        "DOORBUSTER_ROLES",
                        "edge,decider",
                        "DOORBUSTER_HTTP_PORT",
                        "99999",
                        "DOORBUSTER_DB_USER",
                        "u")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "DOORBUSTER_ROLES knows edge and ledger, not decider",
                        "DOORBUSTER_HTTP_PORT",
                        "DOORBUSTER_DB_PASSWORD is not set",
                        "DOORBUSTER_RABBITMQ_USER is not set",
                        "DOORBUSTER_JWT_SECRET is not set",
                        "DOORBUSTER_ORDER_ID_SECRET is not set");
    }

    @Test
    void rejectsSeveralEdgesOnARandomPort() {
        variables.put("DOORBUSTER_EDGE_INSTANCES", "2");
        variables.put("DOORBUSTER_HTTP_PORT", "0");

        assertThatThrownBy(() -> OrderConfig.fromEnv(variables)).hasMessageContaining("DOORBUSTER_EDGE_INSTANCES");
    }

    @Test
    void keepsTheNamesOfOrdersWhereTheTokensSecretIsReplaced() {
        String before = OrderConfig.fromEnv(variables).edge().orElseThrow().orderIdSecret();

        variables.put("DOORBUSTER_JWT_SECRET", "the next secret of this test, long enough");

        assertThat(OrderConfig.fromEnv(variables).edge().orElseThrow().orderIdSecret())
                .isEqualTo(before);
    }

    @Test
    void refusesAShortSecretBehindOrderIds() {
        variables.put("DOORBUSTER_ORDER_ID_SECRET", "short");

        assertThatThrownBy(() -> OrderConfig.fromEnv(variables))
                .hasMessageContaining("DOORBUSTER_ORDER_ID_SECRET must have at least 32 characters");
    }

    @Test
    void showsNoSecret() {
        assertThat(OrderConfig.fromEnv(variables).toString())
                .doesNotContain("database password", "broker password", "long enough");
    }
}
