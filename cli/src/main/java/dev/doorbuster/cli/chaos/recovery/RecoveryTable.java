package dev.doorbuster.cli.chaos.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Recovery times as a table in Markdown: a row for each kind of fault, a column for each topology. Of the two sales the longer
 * time counts.
 */
public final class RecoveryTable {
    private RecoveryTable() {}

    public static List<String> of(List<Recovered> all) {
        var topologies = new TreeSet<String>();
        var faults = new TreeSet<String>();
        all.forEach(each -> {
            topologies.add(each.topology());
            faults.add(each.fault());
        });
        var lines = new ArrayList<String>();
        lines.add(row("fault", List.copyOf(topologies)));
        lines.add("|---|" + "--:|".repeat(topologies.size()));
        faults.forEach(fault -> lines.add(row(fault, cells(fault, topologies, all))));
        return lines;
    }

    private static String row(String fault, List<String> cells) {
        return "| %-26s |%s"
                .formatted(fault, cells.stream().map(" %14s |"::formatted).collect(Collectors.joining()));
    }

    private static List<String> cells(String fault, Set<String> topologies, List<Recovered> all) {
        return topologies.stream()
                .map(topology -> cell(all.stream()
                        .filter(each -> each.fault().equals(fault))
                        .filter(each -> each.topology().equals(topology))
                        .toList()))
                .toList();
    }

    /** Median, maximum and count, then the number of faults after which no order was confirmed. */
    private static String cell(List<Recovered> times) {
        double[] seconds = times.stream()
                .flatMapToDouble(each -> each.longer().stream())
                .sorted()
                .toArray();
        int never = times.size() - seconds.length;
        String known = seconds.length == 0
                ? ""
                : "%.1f/%.1f (%d)".formatted(seconds[seconds.length / 2], seconds[seconds.length - 1], seconds.length);
        return never == 0 ? known : (known + " never " + never).strip();
    }
}
