package dev.doorbuster.cli.bench.report;

import dev.doorbuster.devservices.ServerVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hardware and software that a run was measured on. */
public record Machine(Map<String, String> properties) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final double KIB_PER_GIB = 1024 * 1024;

    public Machine {
        properties = new LinkedHashMap<>(properties);
    }

    /** This machine at this moment. */
    public static Machine current() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("time", TIME.format(Instant.now()));
        properties.put(
                "CPU",
                value("/proc/cpuinfo", "model name") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores");
        properties.put("memory", gibibytes(value("/proc/meminfo", "MemTotal")));
        properties.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        properties.put("JDK", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
        properties.putAll(ServerVersions.ofThisMachine());
        properties.put("load average before", loadAverage());
        return new Machine(properties);
    }

    /** Adds the load average after the run. */
    public Machine after() {
        var more = new LinkedHashMap<>(properties);
        more.put("load average after", loadAverage());
        return new Machine(more);
    }

    /** The value of the first line {@code name : value} of a file of {@code /proc}. */
    static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    static String gibibytes(String kibibytes) {
        String digits = kibibytes.replaceAll("\\D", "");
        return digits.isEmpty() ? "unknown" : "%.1f GiB".formatted(Long.parseLong(digits) / KIB_PER_GIB);
    }

    private static String value(String file, String name) {
        return value(lines(file), name);
    }

    private static String loadAverage() {
        return lines("/proc/loadavg").stream()
                .findFirst()
                .map(line -> line.replaceFirst("(\\S+ \\S+ \\S+).*", "$1"))
                .orElse("unknown");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException notThisSystem) {
            return List.of();
        }
    }
}
