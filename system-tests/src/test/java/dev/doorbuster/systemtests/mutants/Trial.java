package dev.doorbuster.systemtests.mutants;

import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.cli.chaos.Observer;
import dev.doorbuster.cli.chaos.check.Books;
import dev.doorbuster.cli.chaos.check.BooksReader;
import dev.doorbuster.cli.chaos.check.Breach;
import dev.doorbuster.cli.chaos.check.Counters.Counter;
import dev.doorbuster.cli.chaos.check.Findings;
import dev.doorbuster.cli.chaos.check.HistoryCheck;
import dev.doorbuster.cli.chaos.check.Stocktaking;
import dev.doorbuster.cli.chaos.crowd.Storefront;
import dev.doorbuster.cli.chaos.fault.FaultInjector;
import dev.doorbuster.cli.chaos.fault.FaultKind;
import dev.doorbuster.cli.chaos.fault.PlannedFault;
import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.HistoryFile;
import dev.doorbuster.cli.chaos.history.Request;
import dev.doorbuster.cli.chaos.history.Round;
import dev.doorbuster.cli.system.LedgerAddress;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.BuyerTokens;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.devservices.ServerKind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Some sales in front of the running system, what is asked and done there, and the judgement of these sales alone: those of
 * earlier trials are in the same ledger.
 */
final class Trial implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final Duration FAULT_MAX = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);
    private static final int HOLD_SECONDS = 3600;
    private static final int WAIT_SECONDS = 3;

    private final RunningSystem system;
    private final Duration verdictMax;
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final HistoryFile history;
    private final Storefront patient;
    private final Storefront hasty;
    private final BuyerTokens tokens;
    private final Observer observer;
    private final List<String> sales = new ArrayList<>();

    /**
     * Opens.
     *
     * @param verdictMax how long the system may take to say that its sales are as they should be
     */
    Trial(RunningSystem system, Path folder, String name, Duration verdictMax) {
        this.system = system;
        this.verdictMax = verdictMax;
        this.history = HistoryFile.create(folder.resolve("history-" + name + ".jsonl"));
        var instances =
                system.orderServices().stream().collect(Collectors.toMap(RunningService::name, RunningService::http));
        this.patient = new Storefront(vertx, instances, history, WAIT_SECONDS);
        this.hasty = new Storefront(vertx, instances, history, 0);
        this.tokens = new BuyerTokens(system.secrets().jwtSecret());
        this.observer = new Observer(system.servers().group(ServerKind.RABBITMQ), name);
    }

    /** Opens a sale, counted in Redis, and listens to its events. Who is put off comes again. */
    String sale(long stock, int perBuyerLimit) {
        Map<String, Object> wanted = Map.of(
                "title",
                "A trial",
                "priceCents",
                1999,
                "currency",
                "EUR",
                "stock",
                stock,
                "perBuyerLimit",
                perBuyerLimit,
                "holdSeconds",
                HOLD_SECONDS,
                "counter",
                "redis");
        String sale = await().pollInSameThread()
                .atMost(ANSWER_MAX)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> operator().post("/api/sales", wanted).get("saleId").asText(), made -> true);
        observer.listen(sale);
        sales.add(sale);
        history.add(new Round(sale, "redis", stock, perBuyerLimit, HOLD_SECONDS, history.now(), Long.MAX_VALUE));
        return sale;
    }

    /** Asks for units and, where that is put off, looks until there is a decision. */
    @CanIgnoreReturnValue
    Exchange order(String sale, String buyer, String key, int quantity) {
        Exchange answered = orderOnce(sale, buyer, key, quantity);
        return answered.isPending()
                ? await().pollInSameThread()
                        .atMost(ANSWER_MAX)
                        .pollInterval(LOOK_EVERY)
                        .until(() -> look(answered), seen -> !seen.isPending())
                : answered;
    }

    /** Asks for units and waits for the decision, some seconds. */
    Exchange orderOnce(String sale, String buyer, String key, int quantity) {
        return now(send(patient, Request.order(sale, buyer, key, quantity)));
    }

    /** Asks for units and does not wait for the decision: accepted is enough. */
    @CanIgnoreReturnValue
    Exchange orderInPassing(String sale, String buyer) {
        return now(send(hasty, Request.order(sale, buyer, buyer + "-1", 1)));
    }

    @CanIgnoreReturnValue
    Exchange look(Exchange of) {
        return now(send(
                patient,
                Request.look(
                        sale(of), buyer(of), of.request().key(), of.answer().id())));
    }

    @CanIgnoreReturnValue
    Exchange cancel(Exchange of) {
        return now(send(
                patient,
                Request.cancel(
                        sale(of), buyer(of), of.request().key(), of.answer().id())));
    }

    private static String sale(Exchange of) {
        return of.request().sale();
    }

    private static String buyer(Exchange of) {
        return of.request().buyer();
    }

    private Future<Exchange> send(Storefront shop, Request request) {
        Promise<Exchange> answered = Promise.promise();
        loop.runOnContext(v ->
                shop.send(request, tokens.mint(request.buyer(), Instant.now())).onComplete(answered));
        return answered.future();
    }

    /** Whether it became so within the time: somebody waits for it, and goes on otherwise. */
    @CanIgnoreReturnValue
    boolean within(Duration max, Duration every, BooleanSupplier wanted) {
        try {
            await().pollInSameThread()
                    .atMost(max)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(every)
                    .until(wanted::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException gaveUp) {
            return false;
        }
    }

    /** Does it to the first instance and returns when all is whole again. */
    void happens(FaultKind kind) throws InterruptedException {
        try (FaultInjector faults = begin(kind, 0)) {
            untilOver(faults);
        }
    }

    /** Copies what Redis has now, and in so much time sets it back to that. */
    FaultInjector setsRedisBackIn(Duration later) {
        return begin(FaultKind.ROLL_BACK_REDIS, later.toMillis());
    }

    private FaultInjector begin(FaultKind kind, long millis) {
        var fault = new PlannedFault(kind, 0, millis, 0, millis);
        return FaultInjector.start(system, List.of(fault), history, line -> {});
    }

    static void untilOver(FaultInjector faults) throws InterruptedException {
        try {
            faults.await(FAULT_MAX);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the fault is not over after " + FAULT_MAX, e);
        }
    }

    /** Waits until the ledger has so many orders of the sale. */
    void untilTheLedgerHas(String sale, int orders) {
        await().atMost(ANSWER_MAX)
                .pollInterval(LOOK_EVERY)
                .until(() -> books().orders().stream()
                                .filter(row -> row.sale().equals(sale))
                                .count()
                        >= orders);
    }

    /** Waits until the sale's counter says so. */
    void untilTheCounterHas(String sale, long available) {
        await().atMost(ANSWER_MAX).pollInterval(LOOK_EVERY).until(() -> {
            Counter counter = Stocktaking.count(system.servers(), history.read().rounds())
                    .bySale()
                    .get(sale);
            return counter != null && counter.available() == available;
        });
    }

    /** Ends the sales, waits until all is quiet, and judges. */
    Findings judged() throws InterruptedException {
        for (Round round : history.read().rounds()) {
            history.add(round.overAt(history.now()));
        }
        var findings = new Findings();
        for (String sale : sales) {
            SaleVerification verification = SaleVerification.await(operator(), sale, verdictMax);
            if (!verification.passed()) {
                findings.add(Breach.NOT_VERIFIED, verification.figures());
            }
        }
        var wire = observer.hear();
        var counters = Stocktaking.count(system.servers(), history.read().rounds());
        findings.addAll(HistoryCheck.compare(history.read(), books(), counters, wire));
        return findings;
    }

    /** Only what is about this trial's sales. */
    private Books books() {
        Books all = now(BooksReader.read(vertx, LedgerAddress.of(system.servers()), history::now));
        return new Books(
                all.sales().stream().filter(sale -> sales.contains(sale.id())).toList(),
                all.orders().stream().filter(row -> sales.contains(row.sale())).toList(),
                all.payments().stream()
                        .filter(row -> sales.contains(row.sale()))
                        .toList());
    }

    private ApiClient operator() throws InterruptedException {
        var operator = system.secrets().operator();
        return ApiClient.login(system.orderServices().get(0).http(), operator.user(), operator.password());
    }

    static <T> T now(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        history.close();
        now(vertx.close());
    }
}
