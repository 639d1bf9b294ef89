package dev.doorbuster.cli.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Renders sections as Markdown tables. */
public final class MarkdownReport {
    private static final String EMPTY = "-";
    private static final String CLIENT_BOUND = ", client-bound";

    private MarkdownReport() {}

    public static String machine(Machine machine) {
        var text = new StringBuilder("| machine | |\n|---|---|\n");
        machine.properties().forEach((name, value) -> text.append(row(List.of(name, value))));
        return text.toString();
    }

    public static String section(Section section) {
        var text = new StringBuilder("### ").append(section.title()).append("\n\n");
        if (!section.note().isEmpty()) {
            text.append(section.note()).append("\n\n");
        }
        List<List<String>> rows = rows(section);
        text.append(row(rows.get(0)));
        text.append("|")
                .append(String.join("|", Collections.nCopies(rows.get(0).size(), "---")))
                .append("|\n");
        rows.subList(1, rows.size()).forEach(cells -> text.append(row(cells)));
        return text.toString();
    }

    /** Cells of the table, titles first; columns without values are omitted. */
    static List<List<String>> rows(Section section) {
        List<ReportColumn> columns = section.columns().stream()
                .filter(column -> section.variants().stream()
                        .anyMatch(variant -> section.spread(variant, column).isPresent()))
                .toList();
        var rows = new ArrayList<List<String>>();
        var titles = new ArrayList<>(List.of(section.rowTitle()));
        columns.forEach(column -> titles.add(column.title()));
        rows.add(titles);
        for (String variant : section.variants()) {
            var cells = new ArrayList<>(List.of(variant));
            columns.forEach(column -> cells.add(section.spread(variant, column)
                    .map(spread -> spread.text(column.decimals())
                            + (section.isClientBound(variant, column) ? CLIENT_BOUND : ""))
                    .orElse(EMPTY)));
            rows.add(cells);
        }
        return rows;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
