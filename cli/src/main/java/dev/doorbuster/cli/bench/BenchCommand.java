package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.MissingServers;
import dev.doorbuster.devservices.ServerKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: measures parts of the system and the whole of it beside references. */
@Command(
        name = "bench",
        description = "Measure the system and its parts beside references, in alternating rounds, and print medians and"
                + " ranges as Markdown; a page with plots and the raw values are written too. Exit status 1 when a"
                + " sale that was sold does not verify.")
public final class BenchCommand implements Callable<Integer> {
    /** What can be measured. */
    enum Part {
        COUNTER,
        TRANSPORT,
        LEDGER,
        EDGE,
        WHOLE,
        ALL;

        boolean includes(Part part) {
            return this == ALL || this == part;
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            defaultValue = "ALL",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Part part;

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
        var options =
                new BenchOptions(rounds, seconds, warmUpSeconds, connections, sales, instances, growthOrders, counter);
        return quick ? options.quick() : options;
    }

    private void measure(Distribution distribution, BenchRun run) throws InterruptedException {
        BenchOptions options = options();
        if (part.includes(Part.COUNTER)) {
            new CounterBench(options, run).measure(distribution);
        }
        if (part.includes(Part.TRANSPORT)) {
            VariantBench.transport().measure(distribution, options, run);
        }
        if (part.includes(Part.LEDGER)) {
            VariantBench.ledger().measure(distribution, options, run);
        }
        if (part.includes(Part.EDGE) || part.includes(Part.WHOLE)) {
            load(distribution, options, run);
        }
    }

    private void load(Distribution distribution, BenchOptions options, BenchRun run) throws InterruptedException {
        try (LoadBench bench = LoadBench.start(distribution)) {
            var whole = new WholeBench(bench, options, run);
            if (part.includes(Part.EDGE)) {
                try (SystemUnderTest system = whole.start(distribution, 1)) {
                    new EdgeBench(bench, options, run).measure(system);
                }
            }
            if (part.includes(Part.WHOLE)) {
                whole.measure(distribution);
            }
            run.fail(bench.failures());
        }
    }
}
