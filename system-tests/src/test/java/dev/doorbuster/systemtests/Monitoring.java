package dev.doorbuster.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.monitoring.MetricsExporter;
import dev.doorbuster.devservices.monitoring.PrometheusServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prometheus and exporters for a running system, configured as in compose except for addresses and intervals. */
final class Monitoring implements AutoCloseable {
    /**
     * Compose has a Memcached exporter; Debian has none, and no dashboard or alert needs it: the stock-service has
     * metrics of its own.
     */
    private static final String NOT_HERE = "memcached";

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Servers exporters;
    private final Servers prometheus;

    private Monitoring(Servers exporters, Servers prometheus) {
        this.exporters = exporters;
        this.prometheus = prometheus;
    }

    static Monitoring start(RunningSystem system) {
        Servers exporters = ServerPlan.in(system.servers().directory().resolve("exporters"))
                .one(
                        ServerKind.REDIS_EXPORTER,
                        home -> MetricsExporter.of(system.servers().redis(), home))
                .one(
                        ServerKind.POSTGRES_EXPORTER,
                        home -> MetricsExporter.of(system.servers().postgres(), home))
                .start();
        try {
            return new Monitoring(
                    exporters,
                    ServerPlan.in(system.servers().directory().resolve("monitoring"))
                            .one(
                                    ServerKind.PROMETHEUS,
                                    home -> PrometheusServer.start(home, configuration(system, exporters)))
                            .start());
        } catch (RuntimeException e) {
            exporters.stop();
            throw e;
        }
    }

    private static String configuration(RunningSystem system, Servers exporters) {
        var configuration = (ObjectNode) AlertRules.read(AlertRules.FOLDER.resolve("prometheus.yml"));
        ((ObjectNode) configuration.required("global"))
                .put("scrape_interval", "1s")
                .put("scrape_timeout", "1s")
                .put("evaluation_interval", "1s");
        configuration.putArray("rule_files").add(AlertRules.FOLDER.resolve("rules") + "/*.yml");
        Map<String, List<Integer>> ports = ports(system, exporters);
        var jobs = (ArrayNode) configuration.required("scrape_configs");
        for (var each = jobs.elements(); each.hasNext(); ) {
            JsonNode job = each.next();
            String name = job.required("job_name").asText();
            if (name.equals(NOT_HERE)) {
                each.remove();
            } else {
                var targets = ((ObjectNode) job)
                        .remove(List.of("dns_sd_configs", "static_configs"))
                        .putArray("static_configs")
                        .addObject()
                        .putArray("targets");
                ports.get(name).forEach(port -> targets.add("127.0.0.1:" + port));
            }
        }
        try {
            return YAML.writeValueAsString(configuration);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it was just read", e);
        }
    }

    private static Map<String, List<Integer>> ports(RunningSystem system, Servers exporters) {
        var ports = new HashMap<String, List<Integer>>();
        ports.put("order-service", management(system.orderServices()));
        ports.put("stock-service", management(system.stockServices()));
        ports.put("notifier", management(List.of(system.notifier())));
        ports.put("race-lab", management(system.raceLab().stream().toList()));
        ports.put("rabbitmq", List.of(system.servers().rabbitmq().metricsPort()));
        ports.put("rabbitmq-queues", ports.get("rabbitmq"));
        ports.put("redis", List.of(exporters.get(ServerKind.REDIS_EXPORTER).port()));
        ports.put(
                "postgres", List.of(exporters.get(ServerKind.POSTGRES_EXPORTER).port()));
        return ports;
    }

    private static List<Integer> management(List<RunningService> services) {
        return services.stream().map(RunningService::managementPort).toList();
    }

    PrometheusAnswers answers() {
        return new PrometheusAnswers(((PrometheusServer) prometheus.get(ServerKind.PROMETHEUS)).uri());
    }

    @Override
    public void close() {
        prometheus.discard();
        exporters.discard();
    }
}
