package dev.doorbuster.cli.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/** All measured values as JSON, by round. */
public final class RawReport {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RawReport() {}

    public static String of(Machine machine, List<Section> sections, List<String> failures) {
        List<Map<String, Object>> measured = sections.stream()
                .map(section -> Map.of(
                        "title", section.title(), "columns", section.columns(), "rounds", section.measurements()))
                .toList();
        try {
            return MAPPER.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(
                            Map.of("machine", machine.properties(), "sections", measured, "failures", failures));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is plain data", e);
        }
    }
}
