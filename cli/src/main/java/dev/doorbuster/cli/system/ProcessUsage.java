package dev.doorbuster.cli.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** CPU time and memory of processes and their descendants, from {@code /proc} (proc(5)); empty on other systems. */
public final class ProcessUsage {
    private static final Path PROC = Path.of("/proc");
    /** USER_HZ, the unit of times in {@code /proc/PID/stat}: 100 on every architecture that Linux runs Java on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double KIB_PER_MIB = 1024;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int STEAL = 8;
    private static final int PARENT = 1;
    /** User and system time: its own, and of children that ended and that it waited for. */
    private static final List<Integer> TIMES = List.of(11, 12, 13, 14);

    private ProcessUsage() {}

    private record Stat(long parent, double cpuSeconds) {}

    /**
     * CPU seconds, user and system, of each process and its descendants, also of those that have ended.
     *
     * @param names by process id; processes of the same name are added up
     */
    public static Map<String, Double> cpuSeconds(Map<Long, String> names) {
        Map<Long, Stat> stats = stats();
        Map<String, Double> seconds = new TreeMap<>();
        stats.forEach((pid, stat) ->
                name(pid, names, stats).ifPresent(name -> seconds.merge(name, stat.cpuSeconds(), Double::sum)));
        return seconds;
    }

    /** CPU seconds used by all processes of the machine, and stolen by a hypervisor. */
    public static double machineCpuSeconds() {
        try (Stream<String> lines = Files.lines(PROC.resolve("stat"))) {
            return lines.findFirst().map(ProcessUsage::parseBusy).orElse(0.0);
        } catch (IOException notThisSystem) {
            return 0;
        }
    }

    /**
     * Parses the line that begins with "cpu": all fields but idle, I/O wait and guest time, which user time
     * includes.
     */
    private static double parseBusy(String line) {
        String[] fields = line.split("\\s+", -1);
        double ticks = 0;
        for (int i = 1; i <= STEAL; i++) {
            ticks += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Proportional set size in MiB: private memory plus the share of shared memory. */
    public static Map<String, Double> proportionalMebibytes(Map<Long, String> names) {
        Map<Long, Stat> stats = stats();
        Map<String, Double> mebibytes = new TreeMap<>();
        stats.keySet()
                .forEach(pid -> name(pid, names, stats)
                        .ifPresent(name -> mebibytes(pid, "smaps_rollup", "Pss:")
                                .ifPresent(size -> mebibytes.merge(name, size, Double::sum))));
        return mebibytes;
    }

    /** Resident memory of one process in MiB. */
    public static Optional<Double> residentMebibytes(long pid) {
        return mebibytes(pid, "status", "VmRSS:");
    }

    private static Optional<String> name(long pid, Map<Long, String> names, Map<Long, Stat> stats) {
        long ancestor = pid;
        while (!names.containsKey(ancestor)) {
            Stat stat = stats.get(ancestor);
            if (stat == null) {
                return Optional.empty();
            }
            ancestor = stat.parent();
        }
        return Optional.of(names.get(ancestor));
    }

    private static Map<Long, Stat> stats() {
        var stats = new HashMap<Long, Stat>();
        try (Stream<Path> folders = Files.list(PROC)) {
            for (Path folder : folders.toList()) {
                String name = folder.getFileName().toString();
                if (Character.isDigit(name.charAt(0))) {
                    stat(folder).ifPresent(stat -> stats.put(Long.parseLong(name), stat));
                }
            }
        } catch (IOException notThisSystem) {
            return Map.of();
        }
        return stats;
    }

    private static Optional<Stat> stat(Path folder) {
        try {
            return Optional.of(parseStat(Files.readString(folder.resolve("stat"))));
        } catch (IOException endedMeanwhile) {
            return Optional.empty();
        }
    }

    /** The program's name, in parentheses, may contain anything; the fields after it do not. */
    private static Stat parseStat(String text) {
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        long ticks =
                TIMES.stream().mapToLong(field -> Long.parseLong(fields[field])).sum();
        return new Stat(Long.parseLong(fields[PARENT]), ticks / TICKS_PER_SECOND);
    }

    private static Optional<Double> mebibytes(long pid, String file, String field) {
        try {
            List<String> lines =
                    Files.readAllLines(PROC.resolve(Long.toString(pid)).resolve(file));
            return lines.stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst();
        } catch (IOException goneOrNotThisSystem) {
            return Optional.empty();
        }
    }
}
