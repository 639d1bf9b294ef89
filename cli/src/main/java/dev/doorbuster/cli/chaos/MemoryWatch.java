package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Resident memory of each service over time, as the kernel counts it. */
final class MemoryWatch implements AutoCloseable {
    private static final String RESIDENT = "VmRSS:";
    private static final double KIB_PER_MIB = 1024;
    private static final double SECONDS_PER_HOUR = 3600;

    private record Sample(long pid, double hours, double mebibytes) {}

    private final RunningSystem system;
    private final long beganNanos = System.nanoTime();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private MemoryWatch(RunningSystem system) {
        this.system = system;
    }

    static MemoryWatch of(RunningSystem system) {
        var watch = new MemoryWatch(system);
        var unused = watch.thread.scheduleAtFixedRate(watch::look, 0, 1, TimeUnit.SECONDS);
        return watch;
    }

    private synchronized void look() {
        double hours = (System.nanoTime() - beganNanos) / 1e9 / SECONDS_PER_HOUR;
        for (RunningService service : system.services()) {
            long pid = service.process().pid();
            resident(pid)
                    .ifPresent(mebibytes -> samples.computeIfAbsent(service.name(), first -> new ArrayList<>())
                            .add(new Sample(pid, hours, mebibytes)));
        }
    }

    private static Optional<Double> resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst();
        } catch (IOException goneOrNotThisSystem) {
            return Optional.empty();
        }
    }

    /** One for each service. */
    synchronized List<String> lines() {
        return samples.entrySet().stream()
                .map(of -> "%-18s %4.0f MiB at first, %4.0f at last, %+7.0f MiB/h over %d life/lives"
                        .formatted(
                                of.getKey(),
                                of.getValue().get(0).mebibytes(),
                                of.getValue().get(of.getValue().size() - 1).mebibytes(),
                                slope(of.getValue()),
                                of.getValue().stream()
                                        .mapToLong(Sample::pid)
                                        .distinct()
                                        .count()))
                .toList();
    }

    /** Least squares with one slope for all lives of the service and a level of its own for each. */
    private static double slope(List<Sample> samples) {
        double product = 0;
        double square = 0;
        for (long pid : samples.stream().mapToLong(Sample::pid).distinct().toArray()) {
            List<Sample> life =
                    samples.stream().filter(sample -> sample.pid() == pid).toList();
            double hours = life.stream().mapToDouble(Sample::hours).average().orElse(0);
            double mebibytes =
                    life.stream().mapToDouble(Sample::mebibytes).average().orElse(0);
            for (Sample sample : life) {
                product += (sample.hours() - hours) * (sample.mebibytes() - mebibytes);
                square += (sample.hours() - hours) * (sample.hours() - hours);
            }
        }
        return square == 0 ? 0 : product / square;
    }

    @Override
    public void close() {
        List<Runnable> unused = thread.shutdownNow();
    }
}
