package dev.doorbuster.cli.chaos.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Recovery times as Markdown: a table per topology, a row per kind of fault. */
public final class RecoveryTable {
    private static final String ROW = "| %-26s | %5s | %8s | %8s | %9s | %8s | %8s |";

    private RecoveryTable() {}

    public static List<String> of(List<Recovered> all) {
        var lines = new ArrayList<String>();
        by(all, Recovered::topology).forEach((topology, recovered) -> {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            long runs = recovered.stream().map(Recovered::seed).distinct().count();
            lines.add("Topology %s, %d %s".formatted(topology, runs, runs == 1 ? "run" : "runs"));
            lines.add("");
            lines.add(ROW.formatted("fault", "redis", "median", "max", "memcached", "median", "max"));
            lines.add("|---|--:|--:|--:|--:|--:|--:|");
            by(recovered, Recovered::fault).forEach((fault, times) -> lines.add(row(fault, times)));
        });
        return lines;
    }

    private static Map<String, List<Recovered>> by(List<Recovered> all, Function<Recovered, String> what) {
        return all.stream().collect(Collectors.groupingBy(what, TreeMap::new, Collectors.toList()));
    }

    private static String row(String fault, List<Recovered> times) {
        Map<String, List<Recovered>> byCounter = by(times, Recovered::counter);
        var cells = new ArrayList<String>(List.of(fault));
        for (String counter : Recovery.COUNTERS) {
            cells.addAll(statistics(byCounter.getOrDefault(counter, List.of())));
        }
        return ROW.formatted(cells.toArray());
    }

    /** Count, median and maximum, without the faults after which no further order was confirmed. */
    private static List<String> statistics(List<Recovered> times) {
        double[] seconds = times.stream()
                .map(Recovered::seconds)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return seconds.length == 0
                ? List.of("0", "", "")
                : List.of(
                        Integer.toString(seconds.length),
                        seconds(seconds[seconds.length / 2]),
                        seconds(seconds[seconds.length - 1]));
    }

    private static String seconds(double seconds) {
        return "%.2f s".formatted(seconds);
    }
}
