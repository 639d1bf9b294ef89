package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.report.BarPlot;
import dev.doorbuster.cli.bench.report.ReportColumn;
import dev.doorbuster.cli.bench.report.Section;
import dev.doorbuster.cli.system.ProcessUsage;
import dev.doorbuster.cli.system.RunningService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memory of the processes after a load and at rest, CPU time at rest, and start-up time of the services. */
final class MemoryBench {
    private static final String ALL = "all";
    static final long SETTLE_MS = 10_000;
    private static final ReportColumn PROPORTIONAL = new ReportColumn("pss", "PSS MiB", 0);
    private static final ReportColumn RESIDENT = new ReportColumn("rss", "resident MiB", 0);
    private static final ReportColumn CPU = new ReportColumn("cpu", "% of a core", 2);
    private static final ReportColumn READY = new ReportColumn("ready", "ready after s", 1);
    private static final ReportColumn BARE = new ReportColumn("bare", "bare server listens after s", 2);
    private static final ReportColumn RATIO = new ReportColumn("ratio", "ratio", 1);

    private final LoadBench bench;
    private final BenchOptions options;
    private final BenchRun run;
    private final Section started = new Section(
            "Start",
            "Services start side by side, after the servers; the bare server starts alone, without a class"
                    + " archive.",
            "service (instances)",
            List.of(READY, BARE, RATIO),
            BarPlot.of("seconds", READY, BARE));
    private final Section loaded = new Section(
            "Memory after a load",
            "Proportional set size.",
            "process",
            List.of(PROPORTIONAL),
            BarPlot.of("MiB", PROPORTIONAL));

    MemoryBench(LoadBench bench, BenchOptions options, BenchRun run) {
        this.bench = bench;
        this.options = options;
        this.run = run;
    }

    /** Records the start-up times of a system's services. */
    void started(SystemUnderTest system, int instances) {
        double bareSeconds = bench.bareStartSeconds();
        for (RunningService service : system.services()) {
            double seconds = service.readyMillis() / 1e3;
            started.add(
                    "%s (%d)".formatted(service.name(), instances),
                    Map.of(
                            READY.key(), seconds,
                            BARE.key(), bareSeconds,
                            RATIO.key(), seconds / bareSeconds));
        }
    }

    void addStarted() {
        if (!started.variants().isEmpty()) {
            run.add(started);
        }
    }

    void afterLoad(SystemUnderTest system) {
        Map<String, Double> mebibytes = ProcessUsage.proportionalMebibytes(system.processes());
        mebibytes.forEach((name, size) -> loaded.add(name, Map.of(PROPORTIONAL.key(), size)));
        loaded.add(ALL, Map.of(PROPORTIONAL.key(), total(mebibytes)));
    }

    void addLoaded() {
        if (!loaded.variants().isEmpty()) {
            run.add(loaded);
        }
    }

    /** Measures at rest, some seconds after the last load. */
    void atRest(SystemUnderTest system) throws InterruptedException {
        var section = new Section(
                "At rest",
                "",
                "process",
                List.of(CPU, RESIDENT, PROPORTIONAL),
                BarPlot.of("MiB", RESIDENT, PROPORTIONAL),
                BarPlot.of("% of a core", CPU));
        Map<Long, String> names = system.processes();
        Thread.sleep(SETTLE_MS);
        for (int round = 1; round <= options.rounds(); round++) {
            run.progress("at rest, round " + round);
            Map<String, Double> before = ProcessUsage.cpuSeconds(names);
            Thread.sleep(options.seconds() * 1_000L);
            Map<String, Double> after = ProcessUsage.cpuSeconds(names);
            Map<String, Double> percent = new HashMap<>();
            after.forEach((name, seconds) ->
                    percent.put(name, (seconds - before.getOrDefault(name, 0.0)) * 100 / options.seconds()));
            add(section, names, percent);
        }
        run.add(section);
    }

    private static void add(Section section, Map<Long, String> names, Map<String, Double> percent) {
        Map<String, Double> proportional = ProcessUsage.proportionalMebibytes(names);
        Map<String, Double> resident = new HashMap<>();
        names.forEach((pid, name) ->
                ProcessUsage.residentMebibytes(pid).ifPresent(size -> resident.merge(name, size, Double::sum)));
        percent.forEach((name, share) -> section.add(
                name,
                Map.of(
                        CPU.key(), share,
                        RESIDENT.key(), resident.getOrDefault(name, 0.0),
                        PROPORTIONAL.key(), proportional.getOrDefault(name, 0.0))));
        section.add(ALL, Map.of(CPU.key(), total(percent), PROPORTIONAL.key(), total(proportional)));
    }

    private static double total(Map<String, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
