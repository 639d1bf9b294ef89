package dev.doorbuster.cli.bench.report;

import dev.doorbuster.cli.html.PageTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Renders sections as one self-contained page with tables and plots. */
public final class BenchPage {
    private static final PageTemplate PAGE = new PageTemplate(BenchPage.class, "benchmarks.ftlh");

    private BenchPage() {}

    public static String page(Machine machine, List<Section> sections, List<String> failures) {
        Map<String, Object> values = Map.of(
                "failures",
                failures,
                "machine",
                machine.properties(),
                "sections",
                sections.stream().map(BenchPage::values).toList());
        return PAGE.filled(values, "bench.css", "plots.js", data(sections));
    }

    private static Map<String, Object> values(Section section) {
        List<List<String>> rows = MarkdownReport.rows(section);
        return Map.of(
                "title",
                section.title(),
                "note",
                section.note(),
                "header",
                rows.get(0),
                "rows",
                rows.subList(1, rows.size()));
    }

    /** Data for the page's script: each section's plots as medians and ranges by column and variant. */
    private static List<Map<String, Object>> data(List<Section> sections) {
        return sections.stream()
                .map(section -> Map.<String, Object>of("variants", section.variants(), "plots", plots(section)))
                .toList();
    }

    private static List<Map<String, Object>> plots(Section section) {
        return section.plots().stream()
                .map(plot -> Map.<String, Object>of(
                        "title", plot.title(),
                        "stacked", plot.stacked(),
                        "logarithmic", plot.logarithmic(),
                        "series",
                                plot.columns().stream()
                                        .map(column -> series(section, column))
                                        .toList()))
                .toList();
    }

    private static Map<String, Object> series(Section section, ReportColumn column) {
        var series = new HashMap<String, Object>();
        series.put("title", column.title());
        series.put(
                "values",
                section.variants().stream()
                        .map(variant -> section.spread(variant, column)
                                .map(spread -> List.of(spread.median(), spread.min(), spread.max()))
                                .orElse(List.of()))
                        .toList());
        return series;
    }
}
