package dev.doorbuster.cli.bench.report;

import dev.doorbuster.cli.bench.BenchRun;
import dev.doorbuster.cli.bench.LoadBench;
import dev.doorbuster.cli.bench.LoadBench.Cost;
import dev.doorbuster.cli.bench.client.LoadResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same load on the system and on the bare server: a table of rates and costs, and one of the costs by process. */
public final class OrderSections {
    private static final double NANO = 1e-9;
    private static final List<String> PROCESSES =
            List.of("order-service", "stock-service", "notifier", "postgres", "rabbitmq", "redis", "memcached");
    public static final Column RATE = new Column("rate", "answered/s", 0);
    private static final Column EXPECTED_RATE = new Column("expected", "as expected/s", 0);
    private static final Column BARE_RATE = new Column("bare.rate", "bare/s", 0);
    private static final Column OF_BARE_RATE = new Column("rate.ratio", "of the bare rate", 3);
    private static final Column P50 = new Column("p50", "p50 ms", 1);
    private static final Column P99 = new Column("p99", "p99 ms", 1);
    private static final Column CPU = new Column("cpu", "CPU s per 1,000", 3);
    private static final Column BARE_CPU = new Column("bare.cpu", "bare CPU s per 1,000", 4);
    private static final Column BARE_REQUESTS = new Column("cpu.ratio", "in bare requests", 1);
    private static final Column UNEXPECTED = new Column("other", "not as expected", 0);
    private static final Column OTHER_CORES = new Column("others", "cores used by others", 2);
    private static final Column LAG = new Column("lag.p99", "client's lag p99 ms", 2);

    private final Section loads;
    private final Section processes;

    public OrderSections(String title, String note, String rowTitle) {
        loads = new Section(
                title,
                note,
                rowTitle,
                List.of(
                        RATE,
                        EXPECTED_RATE,
                        BARE_RATE,
                        OF_BARE_RATE,
                        P50,
                        P99,
                        CPU,
                        BARE_CPU,
                        BARE_REQUESTS,
                        LAG,
                        UNEXPECTED,
                        OTHER_CORES),
                BarPlot.of("answered/s", RATE),
                BarPlot.of("CPU in bare requests", BARE_REQUESTS),
                BarPlot.logarithmic("latency, ms", List.of(P50, P99)));
        processes = new Section(
                title + ": CPU seconds per 1,000 by process",
                "",
                rowTitle,
                processColumns(),
                BarPlot.stacked("CPU seconds per 1,000", processColumns()));
    }

    private static List<Column> processColumns() {
        var columns = new ArrayList<Column>();
        PROCESSES.forEach(name -> columns.add(new Column("cpu." + name, name, 3)));
        columns.add(new Column("cpu." + LoadBench.CLIENT, "(client)", 4));
        return columns;
    }

    public void add(String variant, Map<String, Double> quantities) {
        loads.add(variant, quantities);
        processes.add(variant, quantities);
    }

    public void addTo(BenchRun run) {
        run.add(loads);
        run.add(processes);
    }

    /**
     * The columns of one measurement.
     *
     * @param expectedStatus of every answer of the system
     */
    public static Map<String, Double> quantities(Cost system, Cost bare, int expectedStatus) {
        LoadResult result = system.result();
        Map<String, Double> values = new HashMap<>();
        system.per1000().forEach((name, seconds) -> values.put("cpu." + name, seconds));
        values.put(RATE.key(), result.perSecond());
        // Statuses are counted of all answers, also of those after the end.
        values.put(
                EXPECTED_RATE.key(),
                result.perSecond() * result.status(expectedStatus) / Math.max(1, result.answered()));
        values.put(BARE_RATE.key(), bare.result().perSecond());
        values.put(
                OF_BARE_RATE.key(),
                result.perSecond() / Math.max(NANO, bare.result().perSecond()));
        values.put(P50.key(), result.latencyMs().p50());
        values.put(P99.key(), result.latencyMs().p99());
        values.put(CPU.key(), system.servers());
        values.put(BARE_CPU.key(), bare.servers());
        values.put(BARE_REQUESTS.key(), system.servers() / Math.max(NANO, bare.servers()));
        values.put(OTHER_CORES.key(), system.otherCores());
        values.put(LAG.key(), result.lagMs().p99());
        values.put(UNEXPECTED.key(), (double) (result.answered() - result.status(expectedStatus) + result.lost()));
        return values;
    }
}
