package dev.doorbuster.systemtests;

import static org.awaitility.Awaitility.await;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.buyers.CrowdPlan;
import dev.doorbuster.crowd.buyers.CrowdRun;
import dev.doorbuster.crowd.buyers.CrowdRun.CrowdProgress;
import dev.doorbuster.crowd.buyers.RetryPolicy;
import dev.doorbuster.crowd.client.Futures;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Judge;
import dev.doorbuster.crowd.judge.Judge.SaleReport;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import dev.doorbuster.crowd.judge.evidence.SqlLedgerReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Runs sales with simulated buyers and a fault on the running system. */
final class TestSales implements AutoCloseable {
    private static final Duration CROWD_MAX = Duration.ofMinutes(5);
    /** Time limit from the end of the last fault to a final verdict. */
    private static final Duration VERDICT_MAX = Duration.ofSeconds(60);

    /**
     * Buyers retry longer than any restart takes: otherwise units stay unsold, which would not be the system's
     * fault.
     */
    private static final int RETRIES_MAX = 500;

    private final Vertx vertx = Vertx.vertx();
    private final RunningSystem system;

    TestSales(RunningSystem system) {
        this.system = system;
    }

    record Plan(String counter, long stock, int buyers, int perSecond) {}

    /** @param visitors buyers who sent a request */
    record Result(String sale, SaleVerification verification, SaleReport report, long visitors) {}

    Result sell(Plan plan, Fault fault) throws Exception {
        return sell(plan, sale -> fault.happenTo(system));
    }

    /**
     * Runs a sale.
     *
     * @param inTheMiddle action on the sale of that id
     */
    Result sell(Plan plan, Consumer<String> inTheMiddle) throws Exception {
        SaleRequest sale = sale(plan);
        String id = sale.create(system.operator());
        var progress = new AtomicReference<CrowdProgress>();
        Future<CrowdRun.Result> crowd = CrowdRun.run(
                vertx,
                ShopClient.Settings.of(apis(), system.secrets().jwtSecret()),
                crowdPlan(SaleRecord.of(id, sale), plan),
                progress::set);
        // In the middle: some units are sold, some are left.
        await().atMost(CROWD_MAX)
                .until(() -> progress.get() != null && progress.get().reserved() >= plan.stock() / 10);
        CompletableFuture<Void> happened = CompletableFuture.runAsync(() -> inTheMiddle.accept(id));
        CrowdRun.Result result = Futures.await(crowd, CROWD_MAX);
        happened.get(CROWD_MAX.toMillis(), TimeUnit.MILLISECONDS);
        SaleVerification verification = SaleVerification.await(system.operator(), id, VERDICT_MAX);
        LedgerSnapshot ledger = Futures.await(SqlLedgerReader.read(vertx, system.ledger(), result.clock()), CROWD_MAX);
        return new Result(
                id,
                verification,
                Judge.judgeOrders(result.history(), ledger.ofSales(List.of(id))),
                result.history().visitors());
    }

    private List<URI> apis() {
        return system.orderServices().stream().map(RunningService::http).toList();
    }

    static SaleRequest sale(Plan plan) {
        return SaleRequest.of("A sale with a fault", plan.counter(), plan.stock(), 1, 3600);
    }

    private static CrowdPlan crowdPlan(SaleRecord sale, Plan plan) {
        return CrowdPlan.simple(sale, plan.buyers(), plan.perSecond(), 0.05, 0.1)
                .with(RetryPolicy.limited().withRetries(RETRIES_MAX));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
