package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.fault.FaultInjector;
import dev.doorbuster.cli.chaos.memory.MemoryWatch;
import dev.doorbuster.cli.chaos.recovery.Recovery;
import dev.doorbuster.cli.chaos.resources.ResourceSample;
import dev.doorbuster.cli.chaos.resources.ResourceWatch;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.Futures;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.history.HistoryRecorder;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Judge;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.BrokerSnapshot;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import dev.doorbuster.crowd.judge.evidence.SaleCounter;
import dev.doorbuster.crowd.judge.evidence.SqlLedgerReader;
import dev.doorbuster.devservices.ServerKind;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs buyers and faults against a running system, then the judge once no request is in flight.
 *
 * <pre>{@code ChaosResult result = ChaosRun.run(plan, system, folder, line -> {});}</pre>
 */
public final class ChaosRun {
    /**
     * Time limit from the end of the last fault until all buyers are done and all stock is sold; then the buyers are
     * stopped, and each order then has to have its answer.
     */
    private static final Duration SETTLE_MAX = Duration.ofMinutes(5);
    /** Time limit from then until the last answer. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(60);

    /** A service may need several starts, each with its own limit, on a busy machine. */
    private static final Duration FAULT_OVERDUE_MAX = Duration.ofMinutes(10);

    private static final Duration VERDICT_MAX = Duration.ofSeconds(60);
    private static final Duration LEDGER_MAX = Duration.ofSeconds(60);
    private static final Duration AGREE_MAX = Duration.ofSeconds(15);
    private static final Duration READ_AGAIN = Duration.ofMillis(500);

    private final ChaosPlan plan;
    private final RunningSystem system;
    private final Path folder;
    private final Consumer<String> progress;
    private final HistoryRecorder history;
    private final Findings findings = new Findings();

    private ChaosRun(
            ChaosPlan plan, RunningSystem system, Path folder, HistoryRecorder history, Consumer<String> progress) {
        this.plan = plan;
        this.system = system;
        this.folder = folder;
        this.history = history;
        this.progress = progress;
    }

    /**
     * Runs the plan and returns the judge's findings; afterwards the system is still running, without faults.
     *
     * @param system freshly started, used only by this run
     * @param folder receives the history
     * @param progress receives a line for each fault and step
     */
    public static ChaosResult run(ChaosPlan plan, RunningSystem system, Path folder, Consumer<String> progress)
            throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try (var history = HistoryRecorder.toFile(file(plan, folder))) {
            return new ChaosRun(plan, system, folder, history, progress).run(vertx);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Path file(ChaosPlan plan, Path folder) {
        return folder.resolve("history-" + plan.seed() + ".jsonl");
    }

    private ChaosResult run(Vertx vertx) throws InterruptedException {
        var observer = new EventObserver(system.servers().group(ServerKind.RABBITMQ), "all");
        observer.observeAll();
        ApiClient operator = system.operator();
        List<SaleRecord> rounds = createSales(operator);
        List<SaleRecord> probes = createProbes(operator);
        List<SaleRecord> sales = Stream.concat(rounds.stream(), probes.stream()).toList();
        try (var watch = MemoryWatch.of(system, plan.length(), folder.resolve("memory-" + plan.seed() + ".csv"));
                var resources = ResourceWatch.of(system)) {
            var more = new RoomAndRaffle(system, vertx, operator, plan.length(), history::now);
            crowdAndFaults(vertx, rounds, probes);
            List<ResourceSample> samples = resources.samples();
            more.judge(
                    system.operator(), SETTLE_MAX, VERDICT_MAX, history.read().faults(), findings);
            progress.accept("          a sale with a waiting room and a raffle are over");
            verify(sales);
            BrokerSnapshot broker = observer.snapshot();
            findings.addAll(judge(vertx, sales, more.sales(), broker));
            return new ChaosResult(
                    plan,
                    history.read(),
                    Recovery.after(plan, history.read(), probes),
                    findings,
                    watch.trends(),
                    samples,
                    file(plan, folder));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the run could not be judged: " + e, e);
        }
    }

    private List<SaleRecord> createSales(ApiClient operator) throws InterruptedException {
        CrowdSchedule crowd = plan.crowd();
        var sales = new ArrayList<SaleRecord>();
        for (int round = 0; round < crowd.rounds(); round++) {
            String title = "Round " + (round + 1);
            sales.addAll(create(operator, title, crowd.stock(round), crowd.perBuyerLimit(round), crowd.holdSeconds()));
        }
        return sales;
    }

    /** Sales that cannot sell out: in the others an order may have to wait for a unit, however well the system works. */
    private static List<SaleRecord> createProbes(ApiClient operator) throws InterruptedException {
        return create(operator, "Probes", CrowdSchedule.PROBE_STOCK, 1, CrowdSchedule.PROBE_HOLD_SECONDS);
    }

    /** One sale for each kind of counter. */
    private static List<SaleRecord> create(
            ApiClient operator, String title, long stock, int perBuyerLimit, long holdSeconds)
            throws InterruptedException {
        var sales = new ArrayList<SaleRecord>();
        for (String counter : Recovery.COUNTERS) {
            SaleRequest sale =
                    SaleRequest.of(title + ", counted in " + counter, counter, stock, perBuyerLimit, holdSeconds);
            sales.add(SaleRecord.of(sale.create(operator), sale));
        }
        return sales;
    }

    private void crowdAndFaults(Vertx vertx, List<SaleRecord> rounds, List<SaleRecord> probes)
            throws InterruptedException, ExecutionException, TimeoutException {
        var crowd = new ChaosCrowd(vertx, plan.crowd(), system, rounds, probes, history);
        crowd.start();
        try (FaultInjector faults = FaultInjector.start(system, plan.faults(), history, progress)) {
            faults.await(plan.length().plus(FAULT_OVERDUE_MAX));
        }
        progress.accept("%6.1f s  the faults are over".formatted(history.now() / 1e6));
        Duration rest = plan.length().minusMillis(history.now() / 1000);
        try {
            Futures.await(crowd.allDone(), (rest.isNegative() ? Duration.ZERO : rest).plus(SETTLE_MAX));
        } catch (TimeoutException someAreNotDone) {
            crowd.close();
            Futures.await(crowd.allDone(), CLOSE_MAX);
            findings.addAll(Judge.stillWaiting(history.read()));
        }
        progress.accept("%6.1f s  all buyers are done".formatted(history.now() / 1e6));
    }

    private void verify(List<SaleRecord> sales) throws InterruptedException {
        ApiClient operator = system.operator();
        for (SaleRecord sale : sales) {
            SaleVerification verification = SaleVerification.await(operator, sale.sale(), VERDICT_MAX);
            history.note("verification", verification.json());
            progress.accept("          sale %s (%s): %s, %d of %d sold, %d paid"
                    .formatted(
                            sale.sale(),
                            sale.counter(),
                            verification.verdict(),
                            verification.number("sold"),
                            sale.stock(),
                            verification.number("paid")));
            if (!verification.passed()) {
                findings.add(Violation.NOT_VERIFIED, verification.json());
            }
        }
    }

    /**
     * Repeats: a hold may expire between reading the ledger and reading the counters; a later reading is consistent.
     */
    private Findings judge(Vertx vertx, List<SaleRecord> sales, List<String> more, BrokerSnapshot broker)
            throws InterruptedException, ExecutionException, TimeoutException {
        long began = System.nanoTime();
        while (true) {
            LedgerSnapshot ledger =
                    Futures.await(SqlLedgerReader.read(vertx, system.ledger(), history::now), LEDGER_MAX);
            Map<String, SaleCounter> counters = CounterStoreReader.read(system.servers(), sales);
            Findings judged = Judge.judge(
                    Judge.UNDER_FAULTS,
                    new RunRecord(
                            history.read(), ledger.without(more), counters, broker.without(ledger.ordersOf(more))));
            boolean tooLate = System.nanoTime() - began > AGREE_MAX.toNanos();
            if (!judged.byViolation().containsKey(Violation.COUNTER_DIFFERS) || tooLate) {
                return judged;
            }
            // A pause between two readings, within the limit above.
            Thread.sleep(READ_AGAIN.toMillis());
        }
    }
}
