package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.report.BarPlot;
import dev.doorbuster.cli.bench.report.ReportColumn;
import dev.doorbuster.cli.bench.report.Section;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.devservices.ServerKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares implementations of the stock counter on one hot sale, with one process and with several competing ones. */
record CounterBench(BenchOptions options, BenchRun run) {
    private static final List<Integer> PROCESSES = List.of(1, 2, 4);
    private static final int PROCESSES_MAX = 4;
    private static final double WARM_UP_SECONDS = 2;

    private record Ratio(String title, String variant, String reference) {}

    private static final List<Ratio> RATIOS = List.of(
            new Ratio("WATCH/MULTI: combined to naive", "watch-multi-combined", "watch-multi"),
            new Ratio("WATCH/MULTI: combined to backing off", "watch-multi-combined", "watch-multi-back-off"),
            new Ratio("WATCH/MULTI combined to script per call", "watch-multi-combined", "script-per-call"),
            new Ratio("WATCH/MULTI combined to script per batch", "watch-multi-combined", "script-per-batch"),
            new Ratio("gets/cas: combined to naive", "gets-cas-combined", "gets-cas"),
            new Ratio("gets/cas combined to script per call", "gets-cas-combined", "script-per-call"),
            new Ratio("WATCH/MULTI combined to SQL", "watch-multi-combined", "sql"));

    private static Map<String, String> titles() {
        var titles = new LinkedHashMap<String, String>();
        titles.put("watch-multi", "WATCH/MULTI, naive: again at once");
        titles.put("watch-multi-back-off", "WATCH/MULTI, backing off");
        titles.put("watch-multi-combined", "WATCH/MULTI, combined");
        titles.put("script-per-call", "script per call");
        titles.put("script-per-batch", "script per batch");
        titles.put("gets-cas", "gets/cas, naive: again at once");
        titles.put("gets-cas-combined", "gets/cas, combined");
        titles.put("sql", "SQL, a statement an order, 16 connections");
        return titles;
    }

    void measure(Distribution distribution) {
        try (PartWorkers workers = PartWorkers.start(
                distribution, "counter", PROCESSES_MAX, ServerKind.REDIS, ServerKind.MEMCACHED, ServerKind.POSTGRES)) {
            for (String variant : titles().keySet()) {
                run.progress("warming up " + variant);
                PartWorkers.PartResult unused = workers.measure(variant, PROCESSES_MAX, WARM_UP_SECONDS);
            }
            measure(workers);
        }
    }

    private void measure(PartWorkers workers) {
        var rates = new Section(
                "Counters: decisions on one hot sale",
                "64 callers in each process, except for SQL; every sale is checked to be exact. Decisions until the planned end; no p99"
                        + " if a call took a third of the run.",
                "variant",
                columns(),
                BarPlot.logarithmic("decisions/s", columns().subList(0, PROCESSES.size())));
        var ratios = new Section(
                "Counters: ratios", "", "decisions/s", ratioColumns(), BarPlot.logarithmic("ratios", ratioColumns()));
        for (int round = 1; round <= options.rounds(); round++) {
            Map<String, Map<String, Double>> measured = new LinkedHashMap<>();
            for (int processes : BenchOptions.order(PROCESSES, round)) {
                for (String variant : BenchOptions.order(titles().keySet(), round)) {
                    run.progress("counter, round %d: %s, processes: %d".formatted(round, variant, processes));
                    PartWorkers.PartResult outcome = workers.measure(variant, processes, options.seconds());
                    run.fail(outcome.check(variant));
                    measured.computeIfAbsent(variant, first -> new HashMap<>()).putAll(values(processes, outcome));
                }
            }
            titles().forEach((variant, title) -> rates.add(title, measured.get(variant)));
            RATIOS.forEach(ratio -> ratios.add(ratio.title(), ratio(ratio, measured)));
        }
        run.add(rates);
        run.add(ratios);
    }

    private static Map<String, Double> values(int processes, PartWorkers.PartResult outcome) {
        var values = new HashMap<String, Double>();
        values.put("rate." + processes, outcome.perSecond());
        outcome.p99Ms().ifPresent(ms -> values.put("p99." + processes, ms));
        values.put("conflicts." + processes, outcome.conflictsPerElement());
        return values;
    }

    private static Map<String, Double> ratio(Ratio ratio, Map<String, Map<String, Double>> measured) {
        Map<String, Double> values = new HashMap<>();
        for (int processes : PROCESSES) {
            String key = "rate." + processes;
            values.put(
                    key,
                    measured.get(ratio.variant()).get(key)
                            / measured.get(ratio.reference()).get(key));
        }
        return values;
    }

    private static List<ReportColumn> columns() {
        var columns = new ArrayList<ReportColumn>();
        PROCESSES.forEach(each -> columns.add(new ReportColumn("rate." + each, each + " proc. /s", 0)));
        PROCESSES.forEach(each -> columns.add(new ReportColumn("p99." + each, each + " proc. p99 ms", 1)));
        PROCESSES.forEach(
                each -> columns.add(new ReportColumn("conflicts." + each, each + " proc. conflicts per decision", 3)));
        return columns;
    }

    private static List<ReportColumn> ratioColumns() {
        return PROCESSES.stream()
                .map(each -> new ReportColumn("rate." + each, each + " proc.", 2))
                .toList();
    }
}
