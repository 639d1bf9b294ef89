package dev.doorbuster.cli.bench.report;

import io.vertx.core.json.Json;
import java.util.List;
import java.util.Map;

/** All measured values as JSON, by round. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(Machine machine, List<Section> sections, List<String> failures) {
        List<Map<String, Object>> measured = sections.stream()
                .map(section -> Map.of(
                        "title", section.title(), "columns", section.columns(), "rounds", section.measurements()))
                .toList();
        return Json.encodePrettily(Map.of("machine", machine.properties(), "sections", measured, "failures", failures));
    }
}
