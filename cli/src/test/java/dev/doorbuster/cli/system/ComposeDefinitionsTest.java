package dev.doorbuster.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.doorbuster.cli.system.plan.SystemSecrets;
import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The broker of compose imports the users of the code, with the passwords of {@code .env}. */
class ComposeDefinitionsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SALT_BYTES = 4;

    @Test
    void usersOfComposeAreThoseOfTheCode() throws IOException {
        // Given
        Path file = ROOT.resolve("infra/rabbitmq/definitions.json");
        JsonNode generated = MAPPER.readTree(BrokerUsers.of(secrets()));
        Path wanted = Files.writeString(Path.of("target/definitions.json"), generated.toPrettyString() + "\n");

        // When
        JsonNode found = MAPPER.readTree(file.toFile());

        // Then
        assertThat(withoutHashes(found))
                .as("%s; if the code is right: cp cli/%s %s", file, wanted, ROOT.relativize(file))
                .isEqualTo(withoutHashes(generated));
        for (Credentials each : users(secrets())) {
            assertThat(hash(found, each.user()))
                    .as("hash of the password that .env has for %s; new ones are in cli/%s", each.user(), wanted)
                    .satisfies(hash -> assertThat(isOf(each.password(), hash)).isTrue());
        }
    }

    @Test
    void hashOfAnotherPasswordIsNoticed() throws IOException {
        JsonNode definitions = MAPPER.readTree(BrokerUsers.of(secrets()));

        assertThat(isOf("another", hash(definitions, "notifier"))).isFalse();
    }

    /** Salted anew each time, so they are compared apart. */
    private static JsonNode withoutHashes(JsonNode definitions) {
        JsonNode copy = definitions.deepCopy();
        copy.path("users").forEach(user -> ((ObjectNode) user).remove("password_hash"));
        return copy;
    }

    private static String hash(JsonNode definitions, String user) {
        for (JsonNode each : definitions.path("users")) {
            if (each.path("name").asText().equals(user)) {
                return each.path("password_hash").asText();
            }
        }
        return "";
    }

    private static boolean isOf(String password, String hash) {
        byte[] salted = Base64.getDecoder().decode(hash);
        byte[] salt = Arrays.copyOf(salted, SALT_BYTES);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            byte[] digest = sha.digest(password.getBytes(StandardCharsets.UTF_8));
            return Arrays.equals(digest, 0, digest.length, salted, salt.length, salted.length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<Credentials> users(SystemSecrets systemSecrets) {
        return List.of(
                systemSecrets.brokerAdmin(),
                systemSecrets.orderService(),
                systemSecrets.stockService(),
                systemSecrets.notifier(),
                systemSecrets.learn());
    }

    private static SystemSecrets secrets() throws IOException {
        var demo = new Properties();
        demo.load(new StringReader(Files.readString(ROOT.resolve(".env"))));
        return new SystemSecrets(
                "",
                "",
                new Credentials("operator", ""),
                new Credentials("doorbuster", demo.getProperty("DEMO_RABBITMQ_ADMIN_PASSWORD")),
                new Credentials("order-service", demo.getProperty("DEMO_RABBITMQ_ORDER_SERVICE_PASSWORD")),
                new Credentials("stock-service", demo.getProperty("DEMO_RABBITMQ_STOCK_SERVICE_PASSWORD")),
                new Credentials("notifier", demo.getProperty("DEMO_RABBITMQ_NOTIFIER_PASSWORD")),
                new Credentials("doorbuster_race_lab", ""),
                new Credentials("doorbuster_learn", demo.getProperty("DEMO_LEARN_PASSWORD")));
    }
}
