package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.monitoring.PrometheusServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs promtool on the files that compose mounts. */
class PromtoolIT {
    private static void promtool(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(PrometheusServer.promtool().toString()));
        command.addAll(arguments);
        Process promtool = new ProcessBuilder(command)
                .directory(AlertRules.FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.yml", "core.yml"})
    void theConfigurationAndItsRulesAreValid(String configuration) throws Exception {
        promtool(List.of("check", "config", configuration));
    }

    @Test
    void everyRuleFiresExactlyWhereItsTestExpectsIt() throws Exception {
        // Given
        var arguments = new ArrayList<>(List.of("test", "rules"));
        AlertRules.files("tests").forEach(file -> arguments.add(file.toString()));

        // Then
        promtool(arguments);
    }
}
