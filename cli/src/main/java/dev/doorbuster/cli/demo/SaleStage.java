package dev.doorbuster.cli.demo;

import dev.doorbuster.cli.crowd.Crowd;
import dev.doorbuster.cli.crowd.CrowdFigures;
import dev.doorbuster.cli.crowd.CrowdPlan;
import dev.doorbuster.cli.crowd.CrowdProgress;
import dev.doorbuster.cli.crowd.Journal;
import dev.doorbuster.cli.crowd.JournalCheck;
import dev.doorbuster.cli.crowd.JournalReport;
import dev.doorbuster.cli.crowd.Ledger;
import dev.doorbuster.cli.crowd.Manners;
import dev.doorbuster.cli.system.LedgerAddress;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleVerification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One sale, from its creation to its proof. */
final class SaleStage {
    private static final int EXAMPLES_MAX = 3;
    private static final double KEYLESS_SHARE = 0.2;
    private static final Duration CROWD_MAX = Duration.ofMinutes(15);
    private static final Duration LEDGER_MAX = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final RunningSystem system;
    private final PrintWriter out;
    /** The start script knows; newer Javas no longer tell a terminal from a pipe. */
    private final boolean terminal = Boolean.getBoolean("doorbuster.terminal");

    SaleStage(Vertx vertx, RunningSystem system, PrintWriter out) {
        this.vertx = vertx;
        this.system = system;
        this.out = out;
    }

    SaleResult play(String counter, SaleOrder order) throws Exception {
        List<URI> apis =
                system.orderServices().stream().map(RunningService::http).toList();
        var operator = system.secrets().operator();
        ApiClient api = ApiClient.login(apis.get(0), operator.user(), operator.password());
        String sale = api.post("/api/sales", sale(counter, order)).get("saleId").asText();
        out.printf("%nSale %s, counted in %s%n", sale, counter);
        CrowdPlan plan = CrowdPlan.of(apis, sale, system.secrets().jwtSecret(), order.buyers(), order.rate())
                .with(Manners.everyday().withShares(order.repeat(), KEYLESS_SHARE));
        Journal journal = crowd(plan);
        SaleVerification verification = SaleVerification.await(api, sale, Duration.ofSeconds(order.waitSeconds()));
        figures(CrowdFigures.of(journal));
        out.println("  what the system says");
        verification.print(out);
        JournalReport report = JournalCheck.compare(
                journal, await(Ledger.read(vertx, LedgerAddress.of(system.servers()), sale), LEDGER_MAX));
        out.println("  what the buyers were told, against the ledger");
        report.describe(EXAMPLES_MAX).lines().forEach(line -> out.println("    " + line));
        out.flush();
        return new SaleResult(order, verification, report);
    }

    private static Map<String, Object> sale(String counter, SaleOrder order) {
        var sale = new LinkedHashMap<String, Object>();
        sale.put("title", "Demo sale, counted in " + counter);
        sale.put("priceCents", 1999);
        sale.put("currency", "EUR");
        sale.put("stock", order.stock());
        sale.put("perBuyerLimit", 1);
        sale.put("holdSeconds", 3600);
        sale.put("counter", counter);
        return sale;
    }

    private Journal crowd(CrowdPlan plan) throws ExecutionException, InterruptedException, TimeoutException {
        var bar = new ProgressBar(out, terminal);
        Journal journal = await(
                Crowd.run(vertx, plan, progress -> bar.show(progress.done(), progress.buyers(), figures(progress))),
                CROWD_MAX);
        bar.end(
                plan.buyers(),
                plan.buyers(),
                "done in %.1f s".formatted(journal.crowding().toMillis() / 1e3));
        return journal;
    }

    private void figures(CrowdFigures figures) {
        out.printf("    %,d requests answered, %,.0f/s%n", figures.orders(), figures.ordersPerSecond());
        figures.outcomes().forEach((outcome, count) -> out.printf("      %-24s %,8d%n", outcome, count));
        out.printf("    until a buyer had it     %s%n", figures.reserved());
        out.printf("    until a buyer heard no   %s%n", figures.refused());
    }

    private static String figures(CrowdProgress progress) {
        return "%,d of %,d buyers know, %,d have it".formatted(progress.done(), progress.buyers(), progress.reserved());
    }

    private static <T> T await(Future<T> future, Duration max)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(max.toMillis(), TimeUnit.MILLISECONDS);
    }
}
