package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.fault.FaultKind;
import dev.doorbuster.cli.chaos.fault.PlannedFault;
import dev.doorbuster.cli.chaos.memory.MemoryTrend;
import dev.doorbuster.cli.chaos.recovery.Recovered;
import dev.doorbuster.cli.chaos.recovery.RecoveryTable;
import dev.doorbuster.cli.chaos.resources.ResourceReport;
import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.network.ServiceNetwork;
import dev.doorbuster.cli.system.plan.SystemOptions;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.support.Directories;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code chaos}: a private system, simulated buyers, faults drawn from a seed, and the judge's verdict on every
 * answer.
 */
@Command(
        name = "chaos",
        description =
                "Start a private system, inject faults drawn from a seed while simulated buyers order, and judge every"
                        + " answer. Exit status 0 only if no violation was found.")
public final class ChaosCommand extends ConsoleCommand {
    private static final long SECONDS_PER_MINUTE = 60;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of faults and buyers. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--minutes", defaultValue = "4", description = "Duration of the load. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--faults",
            split = ",",
            defaultValue = "all",
            description = "all, none, those of processes, network, disks or clocks, or kinds such as"
                    + " kill-redis,drip-memcached. Default: ${DEFAULT-VALUE}.")
    private List<String> faults;

    @Option(
            names = "--rate",
            defaultValue = "35",
            description = "Arrivals per second and sale. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--apart",
            defaultValue = "0",
            description = "Seconds from one fault to the next, for times to recover that no other fault prolongs."
                    + " Default: as few as the kinds need.")
    private int apart;

    @Mixin
    private SystemOptions options = new SystemOptions(2);

    @Option(names = "--record", description = "Append this run's times to recover to this file, a line of JSON each.")
    private Path record;

    @Option(
            names = "--plots",
            description =
                    "Write a page with plots of memory, files, threads, connections, disk, metric series and queues.")
    private Path plots;

    @Option(
            names = "--history",
            description =
                    "Copy the run's history, a line of JSON for each request, to this file. A failed run keeps its own.")
    private Path history;

    @Option(names = "--table", description = "Run nothing: print the times in such a file as a table.")
    private Path table;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        if (table != null) {
            RecoveryTable.of(Recovered.read(table)).forEach(out::println);
            out.flush();
            return 0;
        }
        install(ServerKind.OF_THE_SYSTEM);
        SystemPlan whole = options.plan().with(MemoryTrend.SOON_FULL);
        Distribution distribution = Distribution.current();
        Path folder = RunFolder.fresh(
                distribution.state().resolve("chaos-" + whole.topology().label() + "-" + seed));
        var machine = ChaosMachine.of(folder, kinds(whole.topology()), named(), this::say);
        var plan = new ChaosPlan(
                seed,
                Duration.ofSeconds((long) (minutes * SECONDS_PER_MINUTE)),
                rate,
                machine.kinds(),
                Duration.ofSeconds(apart),
                whole);
        announce(plan, out);
        RunningSystem system = RunningSystem.start(
                distribution, folder, plan.system(), ServiceNetwork.proxied(), machine.machine(), this::say);
        var remaining = new RemainingResources(system);
        ChaosResult result;
        try {
            out.printf("%nWhat happens%n");
            result = ChaosRun.run(plan, system, folder, this::say);
            remaining = new RemainingResources(system);
        } finally {
            system.discard();
        }
        Summary.print(result, out);
        if (record != null) {
            Recovered.append(record, result.recovered());
        }
        if (history != null) {
            Path unused = Files.copy(result.file(), history, StandardCopyOption.REPLACE_EXISTING);
        }
        if (plots != null) {
            String title = "Doorbuster chaos, seed %d, %d s: %s"
                    .formatted(seed, plan.length().toSeconds(), result.passed() ? "PASS" : "FAIL");
            Path unused = Files.writeString(
                    plots,
                    ResourceReport.page(
                            title, result.samples(), result.history().faults()));
        }
        return conclude(result, remaining.find(), folder, out) ? 0 : 1;
    }

    private Set<FaultKind> kinds(SystemPlan.Topology topology) {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (String name : faults) {
            switch (name) {
                case "all" -> kinds.addAll(FaultKind.all(topology));
                case "none" -> {}
                default ->
                    kinds.addAll(group(name)
                            .map(group -> FaultKind.all(topology, kind -> kind.group() == group))
                            .orElseGet(() -> Set.of(FaultKind.named(name))));
            }
        }
        return kinds;
    }

    /** The kinds asked for by their own names: without them the run would not be what was asked for. */
    private Set<FaultKind> named() {
        return faults.stream()
                .filter(name -> !name.equals("all")
                        && !name.equals("none")
                        && group(name).isEmpty())
                .map(FaultKind::named)
                .collect(Collectors.toSet());
    }

    private static Optional<FaultKind.Group> group(String name) {
        return Arrays.stream(FaultKind.Group.values())
                .filter(group -> group.toString().equals(name))
                .findFirst();
    }

    private static void announce(ChaosPlan plan, PrintWriter out) {
        out.printf(
                "%nDoorbuster chaos, seed %d: %d s, %d arrivals/s at each of two sales, %d faults%n%nThe schedule%n",
                plan.seed(),
                plan.length().toSeconds(),
                plan.perSecond(),
                plan.faults().size());
        for (PlannedFault fault : plan.faults()) {
            out.println("  " + fault);
        }
        out.printf("%nStarting%n");
        out.flush();
    }

    private static boolean conclude(ChaosResult result, List<String> left, Path folder, PrintWriter out)
            throws IOException {
        boolean passed = result.passed() && left.isEmpty();
        left.forEach(each -> out.println("  left behind: " + each));
        if (passed) {
            Directories.delete(folder);
            out.printf("%nPASS: every answer was true. No process, port or file is left.%n");
        } else {
            out.printf(
                    "%nFAIL with seed %d. History: %s, logs: %s%n",
                    result.plan().seed(), result.file(), folder.resolve("logs"));
        }
        out.flush();
        return passed;
    }
}
