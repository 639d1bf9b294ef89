package dev.doorbuster.cli.bench.report;

import java.util.List;

/**
 * Bars of some columns of a section, one group per variant.
 *
 * @param stacked whether the bars of a group are stacked instead of side by side
 * @param logarithmic whether the scale is logarithmic
 */
public record BarPlot(String title, boolean stacked, boolean logarithmic, List<ReportColumn> columns) {
    public static BarPlot of(String title, ReportColumn... columns) {
        return new BarPlot(title, false, false, List.of(columns));
    }

    public static BarPlot logarithmic(String title, List<ReportColumn> columns) {
        return new BarPlot(title, false, true, columns);
    }

    static BarPlot stacked(String title, List<ReportColumn> columns) {
        return new BarPlot(title, true, false, columns);
    }
}
