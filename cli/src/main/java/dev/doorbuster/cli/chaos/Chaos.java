package dev.doorbuster.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.chaos.check.Books;
import dev.doorbuster.cli.chaos.check.BooksReader;
import dev.doorbuster.cli.chaos.check.Breach;
import dev.doorbuster.cli.chaos.check.Counters;
import dev.doorbuster.cli.chaos.check.Findings;
import dev.doorbuster.cli.chaos.check.HistoryCheck;
import dev.doorbuster.cli.chaos.check.Stocktaking;
import dev.doorbuster.cli.chaos.check.Wire;
import dev.doorbuster.cli.chaos.crowd.ChaosCrowd;
import dev.doorbuster.cli.chaos.crowd.CrowdOrder;
import dev.doorbuster.cli.chaos.fault.FaultInjector;
import dev.doorbuster.cli.chaos.history.HistoryFile;
import dev.doorbuster.cli.chaos.history.Round;
import dev.doorbuster.cli.system.LedgerAddress;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.devservices.ServerKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One run against a running system: plan, crowd and faults, quiet, judgement.
 *
 * <pre>{@code ChaosResult result = Chaos.run(ChaosPlan.of(seed, Duration.ofMinutes(1)), system, folder, line -> {});}</pre>
 */
public final class Chaos {
    /** From the last fault's end until everybody knows and everything is sold; then all are sent home. */
    private static final Duration SETTLE_MAX = Duration.ofMinutes(5);
    /** From then until the last answer. */
    private static final Duration GO_HOME_MAX = Duration.ofSeconds(60);

    /** A service may need several starts, each with a limit of its own, on a machine that has much else to do. */
    private static final Duration FAULT_OVERDUE_MAX = Duration.ofMinutes(10);

    private static final Duration VERDICT_MAX = Duration.ofSeconds(60);
    private static final Duration BOOKS_MAX = Duration.ofSeconds(60);
    private static final Duration AGREE_MAX = Duration.ofSeconds(15);
    private static final Duration READ_AGAIN = Duration.ofMillis(500);

    private final ChaosPlan plan;
    private final RunningSystem system;
    private final Consumer<String> progress;
    private final HistoryFile history;
    private final Findings findings = new Findings();

    private Chaos(ChaosPlan plan, RunningSystem system, HistoryFile history, Consumer<String> progress) {
        this.plan = plan;
        this.system = system;
        this.history = history;
        this.progress = progress;
    }

    /**
     * Runs all of it and returns when the judge has spoken; the system is whole and quiet then, and still runs.
     *
     * @param system fresh, and nobody else's
     * @param folder for the history
     * @param progress told one line for each thing that happens
     */
    public static ChaosResult run(ChaosPlan plan, RunningSystem system, Path folder, Consumer<String> progress)
            throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try (var history = HistoryFile.create(folder.resolve("history-" + plan.seed() + ".jsonl"))) {
            return new Chaos(plan, system, history, progress).run(vertx);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private ChaosResult run(Vertx vertx) throws InterruptedException {
        var observer = new Observer(system.servers().group(ServerKind.RABBITMQ), "all");
        observer.listenToAll();
        List<Round> rounds = createSales();
        Path memory = history.path().resolveSibling("memory-" + plan.seed() + ".csv");
        try (var watch = MemoryWatch.of(system, plan.length(), memory)) {
            crowdAndFaults(vertx, rounds);
            verify(rounds);
            Wire wire = observer.hear();
            findings.addAll(judge(vertx, rounds, wire));
            return new ChaosResult(plan, history.read(), findings, watch.trends(), history.path());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the run could not be judged: " + e, e);
        }
    }

    private List<Round> createSales() throws InterruptedException {
        CrowdOrder crowd = plan.crowd();
        var rounds = new ArrayList<Round>();
        ApiClient operator = operator();
        for (int round = 0; round < crowd.rounds(); round++) {
            for (String counter : List.of("redis", "memcached")) {
                JsonNode sale = operator.post("/api/sales", sale(crowd, round, counter));
                rounds.add(new Round(
                        sale.get("saleId").asText(),
                        counter,
                        crowd.stock(round),
                        crowd.perBuyerLimit(round),
                        crowd.holdSeconds(),
                        0,
                        Long.MAX_VALUE));
            }
        }
        return rounds;
    }

    private static Map<String, Object> sale(CrowdOrder crowd, int round, String counter) {
        var sale = new LinkedHashMap<String, Object>();
        sale.put("title", "Round " + (round + 1) + ", counted in " + counter);
        sale.put("priceCents", 1999);
        sale.put("currency", "EUR");
        sale.put("stock", crowd.stock(round));
        sale.put("perBuyerLimit", crowd.perBuyerLimit(round));
        sale.put("holdSeconds", crowd.holdSeconds());
        sale.put("counter", counter);
        return sale;
    }

    private void crowdAndFaults(Vertx vertx, List<Round> rounds)
            throws InterruptedException, ExecutionException, TimeoutException {
        var shop = new ChaosCrowd.Shop(instances(), system.secrets().jwtSecret(), LedgerAddress.of(system.servers()));
        ChaosCrowd.Running crowd = ChaosCrowd.start(vertx, plan.crowd(), shop, rounds, history);
        try (FaultInjector faults = FaultInjector.start(system, plan.faults(), history, progress)) {
            faults.await(plan.length().plus(FAULT_OVERDUE_MAX));
        }
        progress.accept("%6.1f s  the faults are over".formatted(history.now() / 1e6));
        Duration rest = plan.length().minusMillis(history.now() / 1000);
        try {
            await(crowd.allGone(), (rest.isNegative() ? Duration.ZERO : rest).plus(SETTLE_MAX));
        } catch (TimeoutException stillThere) {
            crowd.close().run();
            await(crowd.allGone(), GO_HOME_MAX);
        }
        progress.accept("%6.1f s  everybody has gone".formatted(history.now() / 1e6));
    }

    private Map<String, URI> instances() {
        var instances = new LinkedHashMap<String, URI>();
        for (RunningService service : system.orderServices()) {
            instances.put(service.name(), service.http());
        }
        return instances;
    }

    private void verify(List<Round> rounds) throws InterruptedException {
        ApiClient operator = operator();
        for (Round round : rounds) {
            SaleVerification verification = SaleVerification.await(operator, round.sale(), VERDICT_MAX);
            history.note("verification", verification.figures());
            progress.accept("          sale %s (%s): %s, %d of %d sold, %d paid"
                    .formatted(
                            round.sale(),
                            round.counter(),
                            verification.verdict(),
                            verification.number("sold"),
                            round.stock(),
                            verification.number("paid")));
            if (!verification.passed()) {
                findings.add(Breach.NOT_VERIFIED, verification.figures());
            }
        }
    }

    /** A hold may end between the reading of ledger and counters: then they agree in a later reading. */
    private Findings judge(Vertx vertx, List<Round> rounds, Wire wire)
            throws InterruptedException, ExecutionException, TimeoutException {
        long began = System.nanoTime();
        while (true) {
            Books books = await(BooksReader.read(vertx, LedgerAddress.of(system.servers()), history::now), BOOKS_MAX);
            Counters counters = Stocktaking.count(system.servers(), rounds);
            Findings judged = HistoryCheck.compare(history.read(), books, counters, wire);
            boolean tooLate = System.nanoTime() - began > AGREE_MAX.toNanos();
            if (!judged.byBreach().containsKey(Breach.COUNTER_DIFFERS) || tooLate) {
                return judged;
            }
            // A pause between two readings, within the limit above.
            Thread.sleep(READ_AGAIN.toMillis());
        }
    }

    /** Once for all that is asked at a time: attempts to log in are limited. */
    private ApiClient operator() throws InterruptedException {
        var operator = system.secrets().operator();
        return ApiClient.login(system.orderServices().get(0).http(), operator.user(), operator.password());
    }

    private static <T> T await(Future<T> future, Duration max)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(max.toMillis(), TimeUnit.MILLISECONDS);
    }
}
