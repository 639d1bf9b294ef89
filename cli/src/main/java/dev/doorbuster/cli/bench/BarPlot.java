package dev.doorbuster.cli.bench;

import java.util.List;

/**
 * Bars of some columns of a section, a group per variant.
 *
 * @param kind GROUPED side by side, STACKED on each other
 * @param logarithmic whether the scale is
 */
record BarPlot(String title, Kind kind, boolean logarithmic, List<Column> columns) {
    /** How the columns of one variant stand together. */
    enum Kind {
        GROUPED,
        STACKED
    }

    static BarPlot of(String title, Column... columns) {
        return new BarPlot(title, Kind.GROUPED, false, List.of(columns));
    }

    static BarPlot logarithmic(String title, List<Column> columns) {
        return new BarPlot(title, Kind.GROUPED, true, columns);
    }

    static BarPlot stacked(String title, List<Column> columns) {
        return new BarPlot(title, Kind.STACKED, false, columns);
    }
}
