package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.report.HtmlReport;
import dev.doorbuster.cli.bench.report.Machine;
import dev.doorbuster.cli.bench.report.MarkdownReport;
import dev.doorbuster.cli.bench.report.RawReport;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.MissingServers;
import dev.doorbuster.devservices.ServerKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: measures the system and its parts against references. */
@Command(
        name = "bench",
        description = "Measure the system and its parts beside references, in alternating rounds, and print medians and"
                + " ranges as Markdown; a page with plots and the raw values are written too. Exit status 1 when a"
                + " sale that was sold does not verify.")
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            description = "${COMPLETION-CANDIDATES}; whole is everything from closed to instances. Default: all.")
    private List<BenchPart> parts = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "10", description = "Of each measurement. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Of load on each system before its first measurement. Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--connections",
            split = ",",
            defaultValue = "1,64,512,2000",
            description = "Of the closed loops. Default: ${DEFAULT-VALUE}.")
    private List<Integer> connections;

    @Option(
            names = "--open-loops",
            paramLabel = "SHARES",
            split = ",",
            defaultValue = "0.25,0.5,0.75,1",
            description = "Arrivals of the open loops, as shares of the closed loop's rate. Default: ${DEFAULT-VALUE}.")
    private List<Double> openLoops;

    @Option(
            names = "--sales",
            split = ",",
            defaultValue = "1,10,100",
            description = "That are sold at once. Default: ${DEFAULT-VALUE}.")
    private List<Integer> sales;

    @Option(
            names = "--instances",
            split = ",",
            defaultValue = "1,2,3",
            description = "Of order-service and of stock-service. Default: ${DEFAULT-VALUE}.")
    private List<Integer> instances;

    @Option(
            names = "--growth-orders",
            paramLabel = "ORDERS",
            defaultValue = "200000",
            description = "Of the sale whose first and last 1,000 orders are compared. Default: ${DEFAULT-VALUE}.")
    private int growthOrders;

    @Option(
            names = "--counter",
            defaultValue = "redis",
            description = "redis or memcached: where the stock is counted. Default: ${DEFAULT-VALUE}.")
    private String counter;

    @Option(names = "--quick", description = "One round of a few seconds each.")
    private boolean quick;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        MissingServers.install(ServerKind.OF_THE_SYSTEM);
        Distribution distribution = Distribution.current();
        Path folder = Files.createDirectories(distribution.state().resolve("bench"));
        Machine before = Machine.current();
        var run = new BenchRun(out, spec.commandLine().getErr());
        measure(distribution, run);
        Machine machine = before.after();
        out.println(MarkdownReport.machine(machine));
        run.failures().forEach(out::println);
        Files.writeString(folder.resolve("bench.json"), RawReport.of(machine, run.sections(), run.failures()));
        Path page = folder.resolve("bench.html");
        Files.writeString(page, HtmlReport.page(machine, run.sections(), run.failures()));
        run.progress("page with plots: " + page);
        out.flush();
        return run.failures().isEmpty() ? 0 : 1;
    }

    private BenchOptions options() {
        var options = new BenchOptions(
                rounds, seconds, warmUpSeconds, connections, openLoops, sales, instances, growthOrders, counter);
        return quick ? options.quick() : options;
    }

    private void measure(Distribution distribution, BenchRun run) throws InterruptedException {
        BenchOptions options = options();
        Set<BenchPart> selected = BenchPart.expand(parts);
        if (selected.contains(BenchPart.COUNTER)) {
            new CounterBench(options, run).measure(distribution);
        }
        if (selected.contains(BenchPart.TRANSPORT)) {
            VariantBench.transport().measure(distribution, options, run);
        }
        if (selected.contains(BenchPart.LEDGER)) {
            VariantBench.ledger().measure(distribution, options, run);
        }
        try (LoadBench bench = LoadBench.start(distribution)) {
            new WholeBench(bench, options, run).measure(distribution, selected);
            run.fail(bench.failures());
        }
    }
}
