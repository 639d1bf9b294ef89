package dev.doorbuster.cli.chaos.resources;

import dev.doorbuster.cli.chaos.resources.ResourceSample.Measure;
import dev.doorbuster.cli.html.PageTemplate;
import dev.doorbuster.crowd.history.FaultRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Samples as a page: a plot of each measure, and the medians of its second and its last quarter. */
public final class ResourceReport {
    private static final PageTemplate PAGE = new PageTemplate(ResourceReport.class, "resources.ftlh");
    private static final int QUARTERS = 4;
    private static final double MICROS_PER_MINUTE = 60e6;

    private ResourceReport() {}

    /**
     * The page.
     *
     * @param title with seed and verdict
     */
    public static String page(String title, List<ResourceSample> samples, List<FaultRecord> faults) {
        var measures = new ArrayList<Map<String, Object>>();
        var plots = new ArrayList<Map<String, Object>>();
        for (Measure measure : Measure.values()) {
            Map<String, List<ResourceSample>> byPlace = new TreeMap<>();
            samples.stream()
                    .filter(sample -> sample.what() == measure)
                    .forEach(sample -> byPlace.computeIfAbsent(sample.where(), first -> new ArrayList<>())
                            .add(sample));
            measures.add(Map.of(
                    "name", measure.toString(),
                    "rows",
                            byPlace.entrySet().stream()
                                    .map(of -> row(of.getKey(), of.getValue()))
                                    .toList()));
            plots.add(Map.of("name", measure.toString(), "series", series(byPlace)));
        }
        List<Double> faultMinutes = faults.stream()
                .map(fault -> fault.beganMicros() / MICROS_PER_MINUTE)
                .toList();
        return PAGE.filled(
                Map.of("title", title, "measures", measures),
                "resources.css",
                "resources.js",
                Map.of("plots", plots, "faults", faultMinutes));
    }

    private static List<Map<String, Object>> series(Map<String, List<ResourceSample>> byPlace) {
        return byPlace.entrySet().stream()
                .map(of -> Map.<String, Object>of(
                        "where", of.getKey(),
                        "minutes",
                                of.getValue().stream()
                                        .map(ResourceSample::minutes)
                                        .toList(),
                        "values",
                                of.getValue().stream()
                                        .map(ResourceSample::value)
                                        .toList()))
                .toList();
    }

    /** The first quarter is start-up. */
    private static List<String> row(String where, List<ResourceSample> samples) {
        int size = samples.size();
        return List.of(
                where,
                "%,.1f".formatted(median(samples.subList(size / QUARTERS, size / 2))),
                "%,.1f".formatted(median(samples.subList(size - size / QUARTERS, size))),
                "%,.1f"
                        .formatted(samples.stream()
                                .mapToDouble(ResourceSample::value)
                                .max()
                                .orElse(Double.NaN)));
    }

    private static double median(List<ResourceSample> samples) {
        double[] sorted =
                samples.stream().mapToDouble(ResourceSample::value).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
