package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.report.BarPlot;
import dev.doorbuster.cli.bench.report.ReportColumn;
import dev.doorbuster.cli.bench.report.Section;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.devservices.ServerKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares variants of one part in one process with the first of them.
 *
 * @param part name of the part in the worker
 * @param variants titles by variant name; the first is the reference
 * @param server whose CPU time is shown in addition to the worker's
 */
record VariantBench(String part, String title, String note, ServerKind server, Map<String, String> variants) {
    private static final double WARM_UP_SECONDS = 3;
    private static final ReportColumn RATE = new ReportColumn("rate", "orders/s", 0);
    private static final ReportColumn RATIO = new ReportColumn("ratio", "to the first", 3);
    private static final ReportColumn P50 = new ReportColumn("p50", "p50 ms", 2);
    private static final ReportColumn P99 = new ReportColumn("p99", "p99 ms", 2);
    private static final ReportColumn WORKER = new ReportColumn("cpu.worker", "CPU s per 1,000: client", 4);
    private static final ReportColumn SERVER = new ReportColumn("cpu.server", "server", 4);

    static VariantBench transport() {
        var variants = new LinkedHashMap<String, String>();
        variants.put("single", "a message an order");
        variants.put("batch", "batches that form themselves, one outstanding");
        return new VariantBench(
                "transport",
                "Transport: orders through a quorum queue, each confirmed",
                "512 callers; a consumer takes and acknowledges; latency until the confirm.",
                ServerKind.RABBITMQ,
                variants);
    }

    static VariantBench ledger() {
        var variants = new LinkedHashMap<String, String>();
        variants.put("unnest-256", "plain unnest insert of 256 rows, no sale, no check");
        variants.put("ledger-2048", "the ledger's transaction, 2,048 orders");
        variants.put("ledger-256", "the ledger's transaction, 256 orders");
        variants.put("ledger-1", "the ledger's transaction, 1 order");
        variants.put("statement-1", "plain update and insert, an order a transaction, 16 connections");
        return new VariantBench(
                "ledger",
                "Ledger: rows committed under the stock check",
                "One connection where nothing else is said; latency of a transaction.",
                ServerKind.POSTGRES,
                variants);
    }

    void measure(Distribution distribution, BenchOptions options, BenchRun run) {
        var section = new Section(
                title,
                note,
                "variant",
                List.of(RATE, RATIO, P50, P99, WORKER, SERVER),
                BarPlot.logarithmic("orders/s", List.of(RATE)));
        try (PartWorkers workers = PartWorkers.start(distribution, part, 1, server)) {
            for (String variant : variants.keySet()) {
                run.progress("warming up " + variant);
                PartWorkers.PartResult unused = workers.measure(variant, 1, WARM_UP_SECONDS);
            }
            for (int round = 1; round <= options.rounds(); round++) {
                Map<String, PartWorkers.PartResult> outcomes = new HashMap<>();
                for (String variant : BenchOptions.order(variants.keySet(), round)) {
                    run.progress("%s, round %d: %s".formatted(part, round, variant));
                    PartWorkers.PartResult outcome = workers.measure(variant, 1, options.seconds());
                    run.fail(outcome.check(part + ", " + variant));
                    outcomes.put(variant, outcome);
                }
                double reference =
                        outcomes.get(variants.keySet().iterator().next()).perSecond();
                variants.forEach((variant, name) -> section.add(name, values(outcomes.get(variant), reference)));
            }
        }
        run.add(section);
    }

    private Map<String, Double> values(PartWorkers.PartResult outcome, double reference) {
        var values = new HashMap<String, Double>();
        values.put(RATE.key(), outcome.perSecond());
        values.put(RATIO.key(), outcome.perSecond() / reference);
        values.put(P50.key(), outcome.p50Ms());
        outcome.p99Ms().ifPresent(ms -> values.put(P99.key(), ms));
        values.put(WORKER.key(), outcome.per1000().getOrDefault(PartWorkers.WORKERS, 0.0));
        values.put(SERVER.key(), outcome.per1000().getOrDefault(server.label(), 0.0));
        return values;
    }
}
