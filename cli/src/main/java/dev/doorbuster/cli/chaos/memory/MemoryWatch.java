package dev.doorbuster.cli.chaos.memory;

import dev.doorbuster.cli.system.ProcessUsage;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples the resident memory of each service from the kernel. If it will be judged, a full garbage collection runs
 * every minute: otherwise a heap far from its limit fills slowly with garbage, which looks like a leak.
 */
public final class MemoryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryWatch.class);
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final double NANOS_PER_MINUTE = 60e9;
    private static final long LOOK_EVERY_SECONDS = 1;
    private static final long COLLECT_EVERY_SECONDS = 60;
    private static final long COLLECT_MAX_SECONDS = 20;

    private final RunningSystem system;
    private final Duration load;
    private final PrintWriter file;
    private final long beganNanos = System.nanoTime();
    private final Map<String, List<MemoryTrend.Sample>> samples = new LinkedHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private MemoryWatch(RunningSystem system, Duration load, Path file) {
        this.system = system;
        this.load = load;
        try {
            this.file = new PrintWriter(Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw new UncheckedIOException("memory samples cannot be written to " + file, e);
        }
        this.file.println("service,pid,minutes,mebibytes");
    }

    /**
     * Starts sampling, for a load of that length.
     *
     * @param file receives every sample as a line
     */
    public static MemoryWatch of(RunningSystem system, Duration load, Path file) {
        var watch = new MemoryWatch(system, load, file);
        var unused = watch.thread.scheduleAtFixedRate(watch::look, 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        if (load.compareTo(MemoryTrend.LOAD_MIN) >= 0) {
            if (!Files.isExecutable(JCMD)) {
                throw new IllegalStateException("to judge memory, a JDK is needed that has " + JCMD);
            }
            var unusedToo = watch.thread.scheduleAtFixedRate(
                    watch::collect, COLLECT_EVERY_SECONDS, COLLECT_EVERY_SECONDS, TimeUnit.SECONDS);
        }
        return watch;
    }

    private synchronized void look() {
        double minutes = (System.nanoTime() - beganNanos) / NANOS_PER_MINUTE;
        if (minutes * 60 > load.toSeconds()) {
            return;
        }
        for (RunningService service : system.services()) {
            long pid = service.process().pid();
            ProcessUsage.residentMebibytes(pid)
                    .ifPresent(mebibytes -> keep(service.name(), new MemoryTrend.Sample(pid, minutes, mebibytes)));
        }
    }

    private void keep(String service, MemoryTrend.Sample sample) {
        samples.computeIfAbsent(service, first -> new ArrayList<>()).add(sample);
        file.printf(Locale.ROOT, "%s,%d,%.3f,%.2f%n", service, sample.pid(), sample.minutes(), sample.mebibytes());
    }

    private void collect() {
        for (RunningService service : system.services()) {
            try {
                collect(service.process().pid());
            } catch (IOException e) {
                LOG.warn("garbage collection of {} failed", service.name(), e);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void collect(long pid) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(JCMD.toString(), Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(COLLECT_MAX_SECONDS, TimeUnit.SECONDS)) {
            Process unused = process.destroyForcibly();
        }
    }

    /** One trend per service. */
    public synchronized List<MemoryTrend> trends() {
        return samples.entrySet().stream()
                .map(of -> MemoryTrend.of(of.getKey(), of.getValue(), load))
                .toList();
    }

    @Override
    public synchronized void close() {
        List<Runnable> unused = thread.shutdownNow();
        file.close();
    }
}
