package dev.doorbuster.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentOptionTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> SECRETS =
            Map.of("DOORBUSTER_OPERATOR_PASSWORD", "a password", "DOORBUSTER_JWT_SECRET", SECRET);

    private final DeploymentOption option = new DeploymentOption();

    @Test
    void isTheRunningSystemWhereNothingIsSaid() throws IOException {
        JsonNode run = new JsonMapper().readTree("""
                {"api": "http://127.0.0.1:8080", "operator": {"name": "operator", "password": "p"}, "jwtSecret": "s",
                 "processes": [{"name": "redis", "pid": 1, "managementPort": null},
                               {"name": "order-service-0", "pid": 2, "managementPort": 9080}]}
                """);

        Deployment deployment = option.resolve(Map.of(), Optional.of(run));

        assertThat(deployment.apis()).containsExactly(URI.create("http://127.0.0.1:8080"));
        assertThat(deployment.metrics().describe()).isEqualTo("order-service-0");
        assertThat(deployment.isLocal()).isTrue();
    }

    @Test
    void isAnyOtherWithItsSecretsFromTheEnvironment() throws IOException {
        option.apis = List.of("https://one.example", "https://two.example/");
        option.pages = List.of("order-service-0=http://one.example:9080", "http://two.example:9080/metrics");

        Deployment deployment = option.resolve(SECRETS, Optional.empty());

        assertThat(deployment.apis()).hasSize(2);
        assertThat(deployment.operatorName()).isEqualTo("operator");
        assertThat(deployment.jwtSecret()).isEqualTo(SECRET);
        assertThat(deployment.metrics().describe()).isEqualTo("order-service-0, two.example:9080");
        assertThat(deployment).asString().doesNotContain(SECRET, "a password");
    }

    @Test
    void takesTheSecretFromAFile(@TempDir Path folder) throws IOException {
        option.apis = List.of("https://shop.example");
        option.secretFile = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        Deployment deployment = option.resolve(Map.of("DOORBUSTER_OPERATOR_PASSWORD", "a password"), Optional.empty());

        assertThat(deployment.jwtSecret()).isEqualTo(SECRET);
    }

    @Test
    void saysWhatToDoAboutEachMistake() {
        mistake(SECRETS, "./doorbuster up", "--api");
        option.apis = List.of("shop.example");
        mistake(SECRETS, "--api shop.example", "http[s]://host[:port]");
        option.apis = List.of("http://shop example");
        mistake(SECRETS, "http[s]://host[:port]");
        option.apis = List.of("https://shop.example/api");
        mistake(SECRETS, "has a path");
        option.apis = List.of("https://shop.example");
        mistake(Map.of(), "DOORBUSTER_OPERATOR_PASSWORD");
        mistake(Map.of("DOORBUSTER_OPERATOR_PASSWORD", "p"), "DOORBUSTER_JWT_SECRET", "--jwt-secret-file");
        mistake(
                Map.of("DOORBUSTER_OPERATOR_PASSWORD", "p", "DOORBUSTER_JWT_SECRET", "short"),
                "at least 32 characters");
        option.pages = List.of("order-service-0=one.example:9080");
        mistake(SECRETS, "--metrics one.example:9080");
        option.prometheus = "http://prometheus.example:9090";
        mistake(SECRETS, "--metrics or --prometheus, not both");
        option.secretFile = Path.of("nowhere");
        mistake(SECRETS, "nowhere cannot be read");
    }

    private void mistake(Map<String, String> environment, String... words) {
        assertThatThrownBy(() -> option.resolve(environment, Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(words);
    }
}
