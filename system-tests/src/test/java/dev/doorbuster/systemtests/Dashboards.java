package dev.doorbuster.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The queries of the dashboards in infra/grafana. */
final class Dashboards {
    private static final Path GRAFANA =
            Path.of("../infra/grafana").toAbsolutePath().normalize();
    private static final JsonMapper JSON = new JsonMapper();

    private Dashboards() {}

    /**
     * One query of one panel.
     *
     * @param source uid of the data source
     */
    record Query(String panel, String source, String expression) {
        /** The query with Grafana's variables replaced. */
        Query with(Map<String, String> variables) {
            String sent = expression;
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                sent = sent.replace("$" + variable.getKey(), variable.getValue());
            }
            return new Query(panel, source, sent);
        }
    }

    static List<JsonNode> all() {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
            return files.sorted().map(Dashboards::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Query> queries() {
        var queries = new ArrayList<Query>();
        for (JsonNode dashboard : all()) {
            for (JsonNode panel : dashboard.required("panels")) {
                String name = dashboard.required("title").asText() + " / "
                        + panel.required("title").asText();
                for (JsonNode target : panel.path("targets")) {
                    queries.add(new Query(
                            name,
                            panel.required("datasource").required("uid").asText(),
                            target.required("expr").asText()));
                }
            }
        }
        return queries;
    }

    /** The uids of the provisioned data sources. */
    static List<String> sources() {
        JsonNode provisioned = AlertRules.read(GRAFANA.resolve("provisioning/datasources/prometheus.yml"));
        return provisioned.required("datasources").findValuesAsText("uid");
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
