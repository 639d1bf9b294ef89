package dev.doorbuster.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.doorbuster.notifier.email.EmailConfig;
import dev.doorbuster.runtime.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "DOORBUSTER_JWT_SECRET", SECRET,
            "DOORBUSTER_RABBITMQ_USER", "notifier",
            "DOORBUSTER_RABBITMQ_PASSWORD", "rabbit-password",
            "SHOP_SECRET", "the-secret-of-the-shop-with-32-characters"));

    @TempDir
    private Path folder;

    @Test
    void allIsOffUnlessAskedFor() {
        NotifierConfig config = NotifierConfig.fromEnv(variables);

        assertThat(config.email().enabled()).isFalse();
        assertThat(config.webhooks().endpoints()).isEmpty();
    }

    @Test
    void readsEndpointsWithSecretsFromAVariableOrAFileAndPrintsNone() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("secret"), "another-secret-with-32-characters-\n");
        variables.put(
                "DOORBUSTER_WEBHOOKS",
                "[{\"id\":\"shop\",\"url\":\"https://shop.example/hooks?a=b\",\"secretEnv\":\"SHOP_SECRET\"},"
                        + "{\"id\":\"crm\",\"url\":\"http://crm:8080\",\"events\":[\"order.paid.*\"],\"secretFile\":\""
                        + file
                        + "\"}]");
        variables.put("DOORBUSTER_WEBHOOK_RETRY_DELAYS_MS", "100, 2000");
        variables.put("DOORBUSTER_SMTP_PASSWORD", "smtp-password");

        // When
        NotifierConfig config = NotifierConfig.fromEnv(variables);

        // Then
        assertThat(config.webhooks().delays()).containsExactly(Duration.ofMillis(100), Duration.ofSeconds(2));
        assertThat(config.webhooks().endpoints())
                .extracting("id", "secret")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("shop", "the-secret-of-the-shop-with-32-characters"),
                        org.assertj.core.groups.Tuple.tuple("crm", "another-secret-with-32-characters-"));
        assertThat(config.webhooks().endpoints().get(0).events()).containsExactly("order.#", "sale.#");
        assertThat(config.toString())
                .doesNotContain("the-secret-of-the-shop")
                .doesNotContain("another-secret")
                .doesNotContain("smtp-password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "[1]",
                "{}",
                "[{\"id\":\"Shop\",\"url\":\"https://shop.example\",\"secretEnv\":\"SHOP_SECRET\"}]",
                "[{\"id\":\"shop.retry\",\"url\":\"https://shop.example\",\"secretEnv\":\"SHOP_SECRET\"}]",
                "[{\"id\":\"shop\",\"url\":\"ftp://shop.example\",\"secretEnv\":\"SHOP_SECRET\"}]",
                "[{\"id\":\"shop\",\"url\":\"https://me:pw@shop.example\",\"secretEnv\":\"SHOP_SECRET\"}]",
                "[{\"id\":\"shop\",\"url\":\"https://shop.example\"}]",
                "[{\"id\":\"shop\",\"url\":\"https://shop.example\",\"secretEnv\":\"NO_SUCH\"}]",
                "[{\"id\":\"shop\",\"url\":\"https://shop.example\",\"secretFile\":\"/no/such\"}]",
                "[{\"id\":\"shop\",\"url\":\"https://shop.example\",\"secret\":\"in the open\"}]",
                "[{\"id\":\"shop\",\"url\":\"https://shop.example\",\"secretEnv\":\"SHOP_SECRET\",\"events\":[]}]",
                "[{\"id\":\"shop\",\"url\":\"https://shop.example\",\"secretEnv\":\"SHOP_SECRET\",\"events\":[\"a b\"]}]"
            })
    void refusesWhatIsNoListOfEndpoints(String list) {
        variables.put("DOORBUSTER_WEBHOOKS", list);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> NotifierConfig.fromEnv(variables))
                .withMessageContaining("DOORBUSTER_WEBHOOKS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "0", "5,,6", "5,5", "86400001", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17"})
    void refusesDelaysThatAreNone(String delays) {
        variables.put("DOORBUSTER_WEBHOOK_RETRY_DELAYS_MS", delays);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> NotifierConfig.fromEnv(variables))
                .withMessageContaining("DOORBUSTER_WEBHOOK_RETRY_DELAYS_MS");
    }

    @Test
    void reportsErrorsOfTheEmailSettings() {
        variables.put("DOORBUSTER_EMAIL_FROM", "nobody");
        variables.put("DOORBUSTER_EMAIL_TO", "all@buyers.example");
        variables.put("DOORBUSTER_SALES_URL", "shop");
        variables.put("DOORBUSTER_SMTP_TLS", "perhaps");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> NotifierConfig.fromEnv(variables))
                .withMessageContainingAll(
                        "DOORBUSTER_EMAIL_FROM", "DOORBUSTER_EMAIL_TO", "DOORBUSTER_SALES_URL", "DOORBUSTER_SMTP_TLS");
    }

    @Test
    void theServersWordIsWaitedForAtLeastAsLongAsAMailMayTake() {
        EmailConfig email = NotifierConfig.fromEnv(variables).email();

        assertThat(email.outcomeTimeout()).isGreaterThanOrEqualTo(email.timeout());
    }
}
