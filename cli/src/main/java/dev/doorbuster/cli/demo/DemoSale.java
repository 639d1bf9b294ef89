package dev.doorbuster.cli.demo;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.buyers.CrowdPlan;
import dev.doorbuster.crowd.buyers.CrowdRun;
import dev.doorbuster.crowd.buyers.CrowdRun.CrowdProgress;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.Futures;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Judge;
import dev.doorbuster.crowd.judge.Judge.SaleReport;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import dev.doorbuster.crowd.judge.evidence.SqlLedgerReader;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** One sale of the demo: creates it, runs its buyers, and prints the results of verification and judge. */
record DemoSale(Vertx vertx, RunningSystem system, Plan plan, PrintWriter out) {
    private static final int EXAMPLES_MAX = 3;
    private static final double KEYLESS_SHARE = 0.2;
    private static final long HOLD_SECONDS = 3_600;
    private static final Duration CROWD_MAX = Duration.ofMinutes(15);
    private static final Duration LEDGER_MAX = Duration.ofMinutes(1);

    record Plan(long stock, int buyers, int rate, double duplicateShare, Duration verdictMax) {}

    /** Whether all units were sold and every answer was true. */
    boolean run(String counter) throws Exception {
        List<URI> apis =
                system.orderServices().stream().map(RunningService::http).toList();
        ApiClient api = system.operator();
        SaleRequest sale = SaleRequest.of("Demo sale, counted in " + counter, counter, plan.stock(), 1, HOLD_SECONDS);
        String id = sale.create(api);
        out.printf("%nSale %s, counted in %s%n", id, counter);
        CrowdRun.Result crowd = crowd(
                ShopClient.Settings.of(apis, system.secrets().jwtSecret()),
                CrowdPlan.simple(
                        SaleRecord.of(id, sale), plan.buyers(), plan.rate(), plan.duplicateShare(), KEYLESS_SHARE));
        SaleVerification verification = SaleVerification.await(api, id, plan.verdictMax());
        VisitorCheck visitors = VisitorCheck.await(
                api.at(system.notifier().http()), id, crowd.history().visitors());
        print(crowd.stats());
        out.println("  what the system says");
        verification.print(out);
        out.println("    " + visitors);
        LedgerSnapshot ledger = Futures.await(SqlLedgerReader.read(vertx, system.ledger(), crowd.clock()), LEDGER_MAX);
        SaleReport report = Judge.judgeOrders(crowd.history(), ledger.ofSales(List.of(id)));
        out.println("  what the buyers were told, against the ledger");
        report.describe(EXAMPLES_MAX).lines().forEach(line -> out.println("    " + line));
        out.flush();
        return verification.passed()
                && visitors.isWithinError()
                && report.isClean()
                && verification.number("sold") == Math.min(plan.stock(), plan.buyers());
    }

    private CrowdRun.Result crowd(ShopClient.Settings shop, CrowdPlan crowd)
            throws ExecutionException, InterruptedException, TimeoutException {
        var bar = new ProgressBar(out);
        CrowdRun.Result result = Futures.await(
                CrowdRun.run(
                        vertx, shop, crowd, progress -> bar.show(progress.done(), progress.buyers(), text(progress))),
                CROWD_MAX);
        bar.end(
                plan.buyers(),
                plan.buyers(),
                "done in %.1f s".formatted(result.length().toMillis() / 1e3));
        return result;
    }

    private void print(CrowdStats stats) {
        out.printf("    %,d requests answered, %,.0f/s%n", stats.orders(), stats.ordersPerSecond());
        stats.outcomes().forEach((outcome, count) -> out.printf("      %-24s %,8d%n", outcome, count));
        out.printf("    until reserved           %s%n", stats.reserved());
        out.printf("    until refused            %s%n", stats.refused());
    }

    private static String text(CrowdProgress progress) {
        return "%,d of %,d buyers answered, %,d got one"
                .formatted(progress.done(), progress.buyers(), progress.reserved());
    }

    /** Progress in one line: redrawn in place on a terminal, printed as a line now and then elsewhere. */
    private static final class ProgressBar {
        private static final int WIDTH = 30;
        private static final long REDRAW_EVERY_NANOS = 200_000_000L;
        private static final long LINE_EVERY_NANOS = 2_000_000_000L;

        private final PrintWriter out;
        /** Set by the start script; newer JVMs do not distinguish a terminal from a pipe. */
        private final boolean terminal = Boolean.getBoolean("doorbuster.terminal");

        private long shownAt;

        ProgressBar(PrintWriter out) {
            this.out = out;
        }

        synchronized void show(long done, long all, String text) {
            long now = System.nanoTime();
            boolean due = now - shownAt > (terminal ? REDRAW_EVERY_NANOS : LINE_EVERY_NANOS);
            if (due) {
                shownAt = now;
                draw(done, all, text, terminal ? "\r" : "", terminal ? "" : System.lineSeparator());
            }
        }

        synchronized void end(long done, long all, String text) {
            draw(done, all, text, terminal ? "\r" : "", System.lineSeparator());
        }

        private void draw(long done, long all, String text, String before, String after) {
            int filled = all == 0 ? WIDTH : (int) Math.min(WIDTH, WIDTH * done / all);
            out.print(before + "  [" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + text + after);
            out.flush();
        }
    }
}
