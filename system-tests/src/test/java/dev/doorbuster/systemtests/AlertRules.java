package dev.doorbuster.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Parses infra/prometheus: alerts and their tests. */
public final class AlertRules {
    static final Path FOLDER = Path.of("../infra/prometheus").toAbsolutePath().normalize();
    private static final YAMLMapper YAML = new YAMLMapper();

    private AlertRules() {}

    public record Alert(String name, String expression, String runbook) {}

    /** An expectation of a test: whether the alert fires at some moment. */
    record Expectation(String alert, boolean fires) {}

    public static List<Alert> alerts() {
        var alerts = new ArrayList<Alert>();
        for (Path file : files("rules")) {
            for (JsonNode group : read(file).required("groups")) {
                for (JsonNode rule : group.required("rules")) {
                    alerts.add(new Alert(
                            rule.required("alert").asText(),
                            rule.required("expr").asText(),
                            rule.required("annotations").required("runbook").asText()));
                }
            }
        }
        return alerts;
    }

    static List<Expectation> expectations() {
        var expectations = new ArrayList<Expectation>();
        for (Path file : files("tests")) {
            for (JsonNode test : read(file).required("tests")) {
                for (JsonNode expected : test.required("alert_rule_test")) {
                    expectations.add(new Expectation(
                            expected.required("alertname").asText(),
                            expected.path("exp_alerts").size() > 0));
                }
            }
        }
        return expectations;
    }

    static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
