package dev.doorbuster.cli.bench.report;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One table of the result: a row per variant, a column per quantity, a value per round in each cell. Not
 * thread-safe.
 */
public record Section(
        String title,
        String note,
        String rowTitle,
        List<ReportColumn> columns,
        List<BarPlot> plots,
        Map<String, List<Map<String, Double>>> measurements) {
    public Section(String title, String note, String rowTitle, List<ReportColumn> columns, BarPlot... plots) {
        this(title, note, rowTitle, List.copyOf(columns), List.of(plots), new LinkedHashMap<>());
    }

    /** Adds the measurements of one round of a variant. */
    @CanIgnoreReturnValue
    public Section add(String variant, Map<String, Double> measured) {
        measurements.computeIfAbsent(variant, first -> new ArrayList<>()).add(Map.copyOf(measured));
        return this;
    }

    public List<String> variants() {
        return List.copyOf(measurements.keySet());
    }

    /** Empty if no round measured it. */
    Optional<Spread> spread(String variant, ReportColumn column) {
        List<Double> values = measurements.getOrDefault(variant, List.of()).stream()
                .map(measured -> measured.get(column.key()))
                .filter(Objects::nonNull)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(new Spread(values));
    }

    boolean isClientBound(String variant, ReportColumn column) {
        return measurements.getOrDefault(variant, List.of()).stream()
                .anyMatch(measured -> measured.getOrDefault(column.clientBoundKey(), 0.0) > 0);
    }
}
