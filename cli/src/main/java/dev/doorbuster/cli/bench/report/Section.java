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
public final class Section {
    private final String title;
    private final String note;
    private final String rowTitle;
    private final List<Column> columns;
    private final List<BarPlot> plots;
    private final Map<String, List<Map<String, Double>>> measurements = new LinkedHashMap<>();

    public Section(String title, String note, String rowTitle, List<Column> columns, BarPlot... plots) {
        this.title = title;
        this.note = note;
        this.rowTitle = rowTitle;
        this.columns = List.copyOf(columns);
        this.plots = List.of(plots);
    }

    /** Adds the measurements of one round of a variant. */
    @CanIgnoreReturnValue
    public Section add(String variant, Map<String, Double> measured) {
        measurements.computeIfAbsent(variant, first -> new ArrayList<>()).add(Map.copyOf(measured));
        return this;
    }

    String title() {
        return title;
    }

    String note() {
        return note;
    }

    String rowTitle() {
        return rowTitle;
    }

    List<Column> columns() {
        return columns;
    }

    List<BarPlot> plots() {
        return plots;
    }

    public List<String> variants() {
        return List.copyOf(measurements.keySet());
    }

    /** Empty if no round measured it. */
    Optional<Spread> spread(String variant, Column column) {
        List<Double> values = measurements.getOrDefault(variant, List.of()).stream()
                .map(measured -> measured.get(column.key()))
                .filter(Objects::nonNull)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(new Spread(values));
    }

    boolean isClientBound(String variant, Column column) {
        return measurements.getOrDefault(variant, List.of()).stream()
                .anyMatch(measured -> measured.getOrDefault(column.clientBoundKey(), 0.0) > 0);
    }

    /** All values by variant, in the order of the rounds. */
    Map<String, List<Map<String, Double>>> measurements() {
        return measurements;
    }
}
