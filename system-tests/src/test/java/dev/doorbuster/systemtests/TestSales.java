package dev.doorbuster.systemtests;

import static org.awaitility.Awaitility.await;

import dev.doorbuster.cli.crowd.Crowd;
import dev.doorbuster.cli.crowd.CrowdPlan;
import dev.doorbuster.cli.crowd.CrowdProgress;
import dev.doorbuster.cli.crowd.Journal;
import dev.doorbuster.cli.crowd.JournalCheck;
import dev.doorbuster.cli.crowd.JournalReport;
import dev.doorbuster.cli.crowd.Ledger;
import dev.doorbuster.cli.crowd.Manners;
import dev.doorbuster.cli.crowd.Patience;
import dev.doorbuster.cli.system.LedgerAddress;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleVerification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Sales with a crowd in front of the running system, and something that happens in the middle. */
final class TestSales implements AutoCloseable {
    private static final Duration CROWD_MAX = Duration.ofMinutes(5);
    /** From the end of the last fault to a final verdict. */
    private static final Duration VERDICT_MAX = Duration.ofSeconds(60);

    /** Buyers outlast any restart: who gives up leaves units unsold, and that would say nothing about the system. */
    private static final Patience UNTIL_IT_IS_BACK =
            new Patience(Duration.ofSeconds(30), 500, Duration.ofSeconds(5), 6, Duration.ofMillis(500));

    private final Vertx vertx = Vertx.vertx();
    private final RunningSystem system;

    TestSales(RunningSystem system) {
        this.system = system;
    }

    record Plan(String counter, long stock, int buyers, int perSecond) {}

    record Result(String sale, SaleVerification verification, JournalReport journal) {}

    Result sell(Plan plan, Fault fault) throws Exception {
        return sell(plan, sale -> fault.happenTo(system));
    }

    /**
     * Sells.
     *
     * @param inTheMiddle what happens to the sale of that id
     */
    Result sell(Plan plan, Consumer<String> inTheMiddle) throws Exception {
        ApiClient api = operator();
        String sale = create(api, plan);
        var progress = new AtomicReference<CrowdProgress>();
        Future<Journal> crowd = Crowd.run(vertx, crowdPlan(sale, plan), progress::set);
        // In the middle: some have it, and there are units left.
        await().atMost(CROWD_MAX)
                .until(() -> progress.get() != null && progress.get().reserved() >= plan.stock() / 10);
        CompletableFuture<Void> happened = CompletableFuture.runAsync(() -> inTheMiddle.accept(sale));
        Journal journal = get(crowd);
        happened.get(CROWD_MAX.toMillis(), TimeUnit.MILLISECONDS);
        SaleVerification verification = SaleVerification.await(operator(), sale, VERDICT_MAX);
        return new Result(
                sale,
                verification,
                JournalCheck.compare(journal, get(Ledger.read(vertx, LedgerAddress.of(system.servers()), sale))));
    }

    ApiClient operator() throws InterruptedException {
        var operator = system.secrets().operator();
        return ApiClient.login(apis().get(0), operator.user(), operator.password());
    }

    private List<URI> apis() {
        return system.orderServices().stream().map(RunningService::http).toList();
    }

    static String create(ApiClient api, Plan plan) throws InterruptedException {
        return api.post(
                        "/api/sales",
                        Map.of(
                                "title",
                                "A sale with a fault",
                                "priceCents",
                                100,
                                "currency",
                                "EUR",
                                "stock",
                                plan.stock(),
                                "perBuyerLimit",
                                1,
                                "holdSeconds",
                                3600,
                                "counter",
                                plan.counter()))
                .get("saleId")
                .asText();
    }

    private CrowdPlan crowdPlan(String sale, Plan plan) {
        return CrowdPlan.of(apis(), sale, system.secrets().jwtSecret(), plan.buyers(), plan.perSecond())
                .with(Manners.everyday().withShares(0.05, 0.1))
                .with(UNTIL_IT_IS_BACK);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(CROWD_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
