package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.report.Machine;
import dev.doorbuster.cli.bench.report.MarkdownReport;
import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.devservices.ServerKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}: measures the system and its parts against references. */
@Command(
        name = "bench",
        exitCodeOnExecutionException = 2,
        description = "Measure the system and its parts beside references, in alternating rounds, and print medians and"
                + " ranges as Markdown; a page with plots and the raw values are written too. Exit status 1 when a"
                + " sale does not verify, a variant is not exact or an answer is not the expected one; 2 when the run"
                + " did not end.")
public final class BenchCommand extends ConsoleCommand {
    static final String ROUNDS = "--rounds";
    static final String SECONDS = "--seconds";
    static final String WARM_UP = "--warm-up";
    static final String CONNECTIONS = "--connections";
    static final String OPEN_LOOPS = "--open-loops";
    static final String SALES = "--sales";
    static final String INSTANCES = "--instances";
    static final String GROWTH_ORDERS = "--growth-orders";
    static final String COUNTER = "--counter";

    private static final Set<BenchPart> OF_THE_SYSTEM = EnumSet.range(BenchPart.EDGE, BenchPart.INSTANCES);
    /** The parts that read an option; all read the others. */
    private static final Map<String, Set<BenchPart>> READ_BY = Map.of(
            WARM_UP, OF_THE_SYSTEM,
            COUNTER, OF_THE_SYSTEM,
            CONNECTIONS, EnumSet.of(BenchPart.CLOSED),
            OPEN_LOOPS, EnumSet.of(BenchPart.OPEN),
            SALES, EnumSet.of(BenchPart.SALES),
            GROWTH_ORDERS, EnumSet.of(BenchPart.GROWTH),
            INSTANCES, EnumSet.of(BenchPart.INSTANCES));

    @Parameters(
            arity = "0..*",
            description = "${COMPLETION-CANDIDATES}; whole is everything from closed to instances. Default: all.")
    private List<BenchPart> parts = List.of();

    @Option(names = ROUNDS, description = "Default: 3, quick: 1.")
    private Integer rounds;

    @Option(names = SECONDS, description = "Of each measurement. Default: 10, quick: 4.")
    private Integer seconds;

    @Option(
            names = WARM_UP,
            paramLabel = "SECONDS",
            description = "Of load on each system, and on the bare server, before its first measurement. Default: 20,"
                    + " quick: 8.")
    private Integer warmUpSeconds;

    @Option(
            names = CONNECTIONS,
            split = ",",
            defaultValue = "1,64,512,2000",
            description = "Of the closed loops. Default: ${DEFAULT-VALUE}.")
    private List<Integer> connections;

    @Option(
            names = OPEN_LOOPS,
            paramLabel = "SHARES",
            split = ",",
            defaultValue = "0.25,0.5,0.75,1",
            description = "Arrivals of the open loops, as shares of the closed loop's rate. Default: ${DEFAULT-VALUE}.")
    private List<Double> openLoops;

    @Option(
            names = SALES,
            split = ",",
            defaultValue = "1,10,100",
            description = "That are sold at once. Default: ${DEFAULT-VALUE}.")
    private List<Integer> sales;

    @Option(
            names = INSTANCES,
            split = ",",
            defaultValue = "1,2,3",
            description = "Of order-service and of stock-service. Default: ${DEFAULT-VALUE}.")
    private List<Integer> instances;

    @Option(
            names = GROWTH_ORDERS,
            paramLabel = "ORDERS",
            description = "Of the sale whose first and last orders, 5,000 or of a small sale 1,000, are compared."
                    + " Default: 200000, quick: 20000.")
    private Integer growthOrders;

    @Option(
            names = COUNTER,
            defaultValue = "redis",
            description = "redis or memcached: where the stock is counted. Default: ${DEFAULT-VALUE}.")
    private String counter;

    @Option(names = "--quick", description = "Other defaults: one round of a few seconds each.")
    private boolean quick;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<BenchPart> selected = BenchPart.expand(parts);
        BenchOptions options = options(selected);
        PrintWriter out = out();
        install(ServerKind.OF_THE_SYSTEM);
        Distribution distribution = Distribution.current();
        Path folder = Files.createDirectories(distribution.state().resolve("bench"));
        SystemUnderTest.deleteLeftovers(SystemUnderTest.folder(distribution));
        SystemUnderTest.deleteLeftovers(PartWorkers.folder(distribution));
        var run = new BenchRun(out, line().getErr(), folder, Machine.current());
        measure(distribution, selected, options, run);
        out.println(MarkdownReport.machine(run.over()));
        run.failures().forEach(out::println);
        run.progress("page with plots: " + run.page());
        out.flush();
        return run.failures().isEmpty() ? 0 : 1;
    }

    /**
     * The extent of the run.
     *
     * @throws IllegalArgumentException if a value is impossible, or an option is given that no selected part reads
     */
    BenchOptions options(Set<BenchPart> selected) {
        READ_BY.forEach((option, readers) -> {
            if (line().getParseResult().hasMatchedOption(option) && Collections.disjoint(readers, selected)) {
                throw new IllegalArgumentException(option + " has no effect on the selected parts");
            }
        });
        return new BenchOptions(
                given(rounds, 3, 1),
                given(seconds, 10, 4),
                given(warmUpSeconds, 20, 8),
                connections,
                openLoops,
                sales,
                instances,
                given(growthOrders, 200_000, 20_000),
                counter);
    }

    private int given(Integer value, int usual, int ifQuick) {
        int otherwise = quick ? ifQuick : usual;
        return value == null ? otherwise : value;
    }

    private static void measure(Distribution distribution, Set<BenchPart> selected, BenchOptions options, BenchRun run)
            throws InterruptedException {
        if (selected.contains(BenchPart.COUNTER)) {
            new CounterBench(options, run).measure(distribution);
        }
        if (selected.contains(BenchPart.TRANSPORT)) {
            VariantBench.transport().measure(distribution, options, run);
        }
        if (selected.contains(BenchPart.LEDGER)) {
            VariantBench.ledger().measure(distribution, options, run);
        }
        if (Collections.disjoint(selected, OF_THE_SYSTEM)) {
            return;
        }
        try (LoadBench bench = new LoadBench(distribution, run)) {
            new WholeBench(bench, options, run).measure(distribution, selected);
        }
    }
}
