package dev.doorbuster.systemtests;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parses docs/metrics.md and a service's real metrics into the same form. */
final class MetricsPage {
    private static final Path PAGE = Path.of("../docs/metrics.md");
    private static final String SHARED = "Every service";
    /** Marks rows of metrics that do not exist from the start. */
    private static final Pattern SOMETIMES = Pattern.compile(".*(Once it has happened|Where traces are exported)\\.");
    /** Ends the name in a row about all metrics with that prefix. */
    private static final String FAMILY = "*";

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)\\})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    /** Documented once: suffixes of histograms and summaries. */
    private static final Pattern PARTS = Pattern.compile("_(bucket|count|sum|max)$");

    private static final Set<String> LABELS_OF_PARTS = Set.of("le", "quantile");

    private MetricsPage() {}

    /** A metric; {@code certain} if it exists from the start. */
    record Metric(String name, String type, Set<String> labels, boolean certain) {
        /** The compared form, independent of when it exists. */
        String shape() {
            return name + " " + type + " " + labels;
        }
    }

    static List<Metric> documented(String service) {
        return rows(service)
                .filter(cells -> !isFamily(cells))
                .map(cells -> new Metric(
                        name(cells),
                        cells[2],
                        Arrays.stream(cells[3].split("[`, ]+"))
                                .filter(label -> !label.isBlank())
                                .collect(toCollection(TreeSet::new)),
                        !SOMETIMES.matcher(cells[4]).matches()))
                .toList();
    }

    /** Prefixes of libraries' metrics that exist only after certain events; they need no rows. */
    static List<String> families(String service) {
        return rows(service)
                .filter(MetricsPage::isFamily)
                .map(cells -> name(cells).replace(FAMILY, ""))
                .toList();
    }

    /** The table's cells; the first one is the text before the table. */
    private static Stream<String[]> rows(String service) {
        return Stream.of(read().split("\n## "))
                .filter(section ->
                        section.startsWith(SHARED) || heading(section).contains(service))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" *\\| *", -1));
    }

    private static String heading(String section) {
        return section.substring(0, section.indexOf('\n'));
    }

    private static String name(String[] cells) {
        return cells[1].replace("`", "");
    }

    private static boolean isFamily(String[] cells) {
        return name(cells).endsWith(FAMILY);
    }

    /** Parses Prometheus' text format. */
    static List<Metric> scraped(String text) {
        Map<String, String> types = new TreeMap<>();
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String line : text.lines().toList()) {
            var type = TYPE.matcher(line);
            var sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (sample.matches()) {
                String given = sample.group(2) == null ? "" : sample.group(2);
                LABEL.matcher(given)
                        .results()
                        .map(match -> match.group(1))
                        .filter(label -> !LABELS_OF_PARTS.contains(label))
                        .forEach(
                                label -> labels.computeIfAbsent(family(sample.group(1), types), name -> new TreeSet<>())
                                        .add(label));
            }
        }
        var metrics = new ArrayList<Metric>();
        types.forEach((name, type) -> {
            if (family(name, types).equals(name)) {
                metrics.add(new Metric(name, type, labels.getOrDefault(name, Set.of()), true));
            }
        });
        return metrics;
    }

    /** The documented name of a histogram or summary. */
    private static String family(String name, Map<String, String> types) {
        String whole = PARTS.matcher(name).replaceFirst("");
        return Set.of("histogram", "summary").contains(types.getOrDefault(whole, "")) ? whole : name;
    }

    private static String read() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
