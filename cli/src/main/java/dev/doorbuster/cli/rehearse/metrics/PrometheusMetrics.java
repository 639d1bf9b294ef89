package dev.doorbuster.cli.rehearse.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.cli.rehearse.metrics.Scrape.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads metrics from a Prometheus that scrapes the services; they are as old as its last scrape. */
public final class PrometheusMetrics implements MetricsSource {
    private static final String OURS = "{__name__=~\"doorbuster_.+|process_cpu_usage|system_cpu_(usage|count)"
            + "|jvm_gc_pause_seconds_sum|vertx_pool_queue_pending\",job!=\"\"}";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final URI server;
    private final Fetch fetch = new Fetch();

    public PrometheusMetrics(URI server) {
        this.server = server;
    }

    @Override
    public List<Scrape> read() throws IOException, InterruptedException {
        URI query = server.resolve("/api/v1/query?query=" + URLEncoder.encode(OURS, StandardCharsets.UTF_8));
        JsonNode result = MAPPER.readTree(fetch.text(query)).path("data").path("result");
        if (result.isEmpty()) {
            throw new IOException(server + " has no metric of a service of Doorbuster: does it scrape them?");
        }
        Map<String, List<Sample>> byProcess = new LinkedHashMap<>();
        for (JsonNode series : result) {
            JsonNode metric = series.get("metric");
            byProcess
                    .computeIfAbsent(process(metric), first -> new ArrayList<>())
                    .add(new Sample(metric.get("__name__").asText(), labels(metric), value(series)));
        }
        long now = System.nanoTime();
        return byProcess.entrySet().stream()
                .map(of -> new Scrape(of.getKey(), now, of.getValue()))
                .toList();
    }

    private static String process(JsonNode metric) {
        return metric.path("job").asText() + " " + metric.path("instance").asText();
    }

    private static Map<String, String> labels(JsonNode metric) {
        var labels = new HashMap<String, String>();
        metric.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static double value(JsonNode series) {
        return PrometheusText.number(series.get("value").get(1).asText());
    }

    @Override
    public String describe() {
        return "Prometheus at " + server;
    }
}
