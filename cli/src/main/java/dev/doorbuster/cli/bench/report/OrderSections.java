package dev.doorbuster.cli.bench.report;

import dev.doorbuster.cli.bench.BenchRun;
import dev.doorbuster.cli.bench.LoadBench;
import dev.doorbuster.cli.bench.LoadBench.Cost;
import dev.doorbuster.cli.bench.client.LoadResult;
import dev.doorbuster.cli.bench.client.LoadResult.StatusAnswers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same load on the system and on the bare server: a table of rates and costs, and one of the costs by process. */
public final class OrderSections {
    private static final double NANO = 1e-9;
    private static final List<String> PROCESSES =
            List.of("order-service", "stock-service", "notifier", "postgres", "rabbitmq", "redis", "memcached");
    private static final int UNAVAILABLE = 503;
    public static final ReportColumn RATE = new ReportColumn("rate", "as expected/s", 0);
    /** As a share of the highest {@link #RATE} of the run. */
    public static final ReportColumn OF_BEST_RATE = new ReportColumn("best.ratio", "of the best rate", 3);

    /** Mean of the edges. */
    public static final ReportColumn BATCH = new ReportColumn("batch", "orders a batch", 1);

    private static final ReportColumn BARE_RATE = new ReportColumn("bare.rate", "bare/s", 0);
    private static final ReportColumn OF_BARE_RATE = new ReportColumn("rate.ratio", "of the bare rate", 3);
    private static final ReportColumn P50 = new ReportColumn("p50", "p50 ms", 1);
    private static final ReportColumn P99 = new ReportColumn("p99", "p99 ms", 1);
    private static final ReportColumn CPU = new ReportColumn("cpu", "CPU s per 1,000", 3);
    private static final ReportColumn BARE_CPU = new ReportColumn("bare.cpu", "bare CPU s per 1,000", 4);
    private static final ReportColumn BARE_CLIENT_CORES = new ReportColumn("bare.client", "bare client's cores", 2);
    private static final ReportColumn BARE_OTHER_CORES =
            new ReportColumn("bare.others", "cores used by others, bare", 2);
    private static final ReportColumn DUE = new ReportColumn("due", "due", 0);
    private static final ReportColumn SENT = new ReportColumn("sent", "sent", 0);
    private static final ReportColumn UNSENT = new ReportColumn("unsent", "unsent", 0);
    private static final ReportColumn UNAVAILABLE_SHARE = new ReportColumn("503.share", "answers 503, %", 1);
    private static final ReportColumn UNAVAILABLE_P99 = new ReportColumn("503.p99", "p99 ms until a 503", 1);
    private static final ReportColumn BARE_REQUESTS = new ReportColumn("cpu.ratio", "in bare requests", 1);
    private static final ReportColumn UNEXPECTED = new ReportColumn("other", "not as expected", 0);
    private static final ReportColumn OTHER_CORES = new ReportColumn("others", "cores used by others", 2);
    private static final ReportColumn CLIENT_CORES = new ReportColumn("client", "client's cores", 2);
    private static final ReportColumn LAG = new ReportColumn("lag.p99", "client's lag p99 ms", 2);

    private final Section loads;
    private final Section processes;

    public OrderSections(String title, String note, String rowTitle) {
        loads = new Section(
                title,
                note,
                rowTitle,
                List.of(
                        RATE,
                        OF_BEST_RATE,
                        BARE_RATE,
                        OF_BARE_RATE,
                        P50,
                        P99,
                        CPU,
                        BARE_CPU,
                        BARE_REQUESTS,
                        BATCH,
                        DUE,
                        SENT,
                        UNSENT,
                        UNEXPECTED,
                        UNAVAILABLE_SHARE,
                        UNAVAILABLE_P99,
                        LAG,
                        CLIENT_CORES,
                        OTHER_CORES,
                        BARE_CLIENT_CORES,
                        BARE_OTHER_CORES),
                BarPlot.of("as expected/s", RATE),
                BarPlot.of("CPU in bare requests", BARE_REQUESTS),
                BarPlot.logarithmic("latency, ms", List.of(P50, P99)));
        processes = new Section(
                title + ": CPU seconds per 1,000 by process",
                "",
                rowTitle,
                processColumns(),
                BarPlot.stacked("CPU seconds per 1,000", processColumns()));
    }

    private static List<ReportColumn> processColumns() {
        var columns = new ArrayList<ReportColumn>();
        PROCESSES.forEach(name -> columns.add(new ReportColumn("cpu." + name, name, 3)));
        columns.add(new ReportColumn("cpu." + LoadBench.CLIENT, "(client)", 4));
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

    /** The columns of one measurement: rate, latency and costs of the expected answers only. */
    public static Map<String, Double> quantities(Cost system, Cost bare) {
        Map<String, Double> values = new HashMap<>();
        system.per1000().forEach((name, seconds) -> values.put("cpu." + name, seconds));
        values.put(RATE.key(), system.expectedPerSecond());
        values.put(BARE_RATE.key(), bare.expectedPerSecond());
        values.put(OF_BARE_RATE.key(), system.expectedPerSecond() / Math.max(NANO, bare.expectedPerSecond()));
        values.put(P50.key(), system.expected().latencyMs().p50());
        values.put(P99.key(), system.expected().latencyMs().p99());
        values.put(CPU.key(), system.servers());
        values.put(BARE_CPU.key(), bare.servers());
        values.put(BARE_REQUESTS.key(), system.servers() / Math.max(NANO, bare.servers()));
        values.put(UNEXPECTED.key(), (double) system.unexpected());
        values.put(CLIENT_CORES.key(), system.clientCores());
        values.put(OTHER_CORES.key(), system.otherCores());
        values.put(BARE_CLIENT_CORES.key(), bare.clientCores());
        values.put(BARE_OTHER_CORES.key(), bare.otherCores());
        values.put(RATE.clientBoundKey(), system.isClientBound() ? 1.0 : 0);
        values.put(OF_BARE_RATE.clientBoundKey(), bare.isClientBound() ? 1.0 : 0);
        return values;
    }

    /** The same and what an overload adds: what the client could not send, and how soon the system refused. */
    public static Map<String, Double> openLoopQuantities(Cost system, Cost bare) {
        LoadResult result = system.result();
        Map<String, Double> values = quantities(system, bare);
        values.put(DUE.key(), (double) result.due());
        values.put(SENT.key(), (double) result.sent());
        values.put(UNSENT.key(), (double) result.unsent());
        values.put(LAG.key(), result.lagMs().p99());
        StatusAnswers unavailable = result.status(UNAVAILABLE);
        values.put(UNAVAILABLE_SHARE.key(), 100.0 * unavailable.count() / Math.max(1, result.answered()));
        if (unavailable.count() > 0) {
            values.put(UNAVAILABLE_P99.key(), unavailable.latencyMs().p99());
        }
        return values;
    }
}
