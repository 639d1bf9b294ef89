package dev.doorbuster.systemtests.mutants;

import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.cli.chaos.CounterStoreReader;
import dev.doorbuster.cli.chaos.EventObserver;
import dev.doorbuster.cli.chaos.fault.BrokerAdmin;
import dev.doorbuster.cli.chaos.fault.FaultInjector;
import dev.doorbuster.cli.chaos.fault.FaultKind;
import dev.doorbuster.cli.chaos.fault.PlannedFault;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.HistoryRecorder;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Judge;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import dev.doorbuster.crowd.judge.evidence.SaleCounter;
import dev.doorbuster.crowd.judge.evidence.SqlLedgerReader;
import dev.doorbuster.devservices.ServerKind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Some sales on the running system, their requests and faults, and the judgement of these sales only: the ledger
 * also contains those of earlier trials.
 */
final class Trial implements AutoCloseable {
    static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    /** The client records a request without an answer first. */
    private static final Duration RECORDED_MAX = ANSWER_MAX.plusSeconds(5);

    private static final Duration FAULT_MAX = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);
    private static final int HOLD_SECONDS = 3600;
    private static final Duration NOTICED_MAX = Duration.ofSeconds(3);
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final int CONNECTIONS_MAX = 100;

    private final RunningSystem system;
    private final Duration verdictMax;
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final HistoryRecorder history;
    private final ShopClient waiting;
    private final ShopClient notWaiting;
    private final EventObserver observer;
    private final List<String> sales = new ArrayList<>();
    private final Findings findings = new Findings();

    /**
     * Starts a trial.
     *
     * @param verdictMax time limit for the system to settle
     */
    Trial(RunningSystem system, Path folder, String name, Duration verdictMax) {
        this.system = system;
        this.verdictMax = verdictMax;
        this.history = HistoryRecorder.toFile(folder.resolve("history-" + name + ".jsonl"));
        var instances =
                system.orderServices().stream().collect(Collectors.toMap(RunningService::name, RunningService::http));
        this.waiting = new ShopClient(vertx, settings(instances, WAIT), history);
        this.notWaiting = new ShopClient(vertx, settings(instances, Duration.ZERO), history);
        this.observer = new EventObserver(system.servers().group(ServerKind.RABBITMQ), name);
    }

    private ShopClient.Settings settings(Map<String, URI> instances, Duration wait) {
        return new ShopClient.Settings(
                instances, system.secrets().jwtSecret(), CONNECTIONS_MAX, CONNECT_MAX, ANSWER_MAX, wait);
    }

    /** Opens a sale counted in Redis, and subscribes to its events. Its buyers retry when asked to. */
    String sale(long stock, int perBuyerLimit) throws InterruptedException {
        return sale("redis", stock, perBuyerLimit);
    }

    String sale(String counter, long stock, int perBuyerLimit) throws InterruptedException {
        SaleRequest wanted = SaleRequest.of("A trial", counter, stock, perBuyerLimit, HOLD_SECONDS);
        ApiClient operator = system.operator();
        String sale = await().pollInSameThread()
                .atMost(ANSWER_MAX)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> wanted.create(operator), made -> true);
        // A mutant may answer the command to open a sale before it is committed.
        await().pollInSameThread()
                .atMost(ANSWER_MAX)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .until(() ->
                        operator.get("/api/sales/" + sale).get("state").asText().equals("OPEN"));
        observer.observe(sale);
        sales.add(sale);
        history.add(SaleRecord.of(sale, wanted).begunAt(history.now()));
        return sale;
    }

    /** Orders units and, if the answer is pending, polls until there is a decision. */
    @CanIgnoreReturnValue
    RequestRecord order(String sale, String buyer, String key, int quantity) {
        RequestRecord answered = orderOnce(sale, buyer, key, quantity);
        return answered.is(AnswerKind.PENDING)
                ? await().pollInSameThread()
                        .atMost(ANSWER_MAX)
                        .pollInterval(LOOK_EVERY)
                        .until(() -> look(answered), seen -> !seen.is(AnswerKind.PENDING))
                : answered;
    }

    /** Several buyers order until a process has noticed that its clock was set; returns the last of them. */
    RequestRecord orderWhileATimeIsNoticed(String sale) {
        var last = new AtomicReference<RequestRecord>();
        var number = new AtomicInteger();
        within(NOTICED_MAX, NOTICED_MAX.dividedBy(5), () -> {
            last.set(order(sale, "ann-" + number.getAndIncrement(), "k", 1));
            return false;
        });
        return last.get();
    }

    boolean isExpired(RequestRecord held) {
        return look(held).answer().status().equals("EXPIRED");
    }

    /** Orders units and waits some seconds for the decision. */
    RequestRecord orderOnce(String sale, String buyer, String key, int quantity) {
        return now(send(waiting, ShopRequest.order(sale, buyer, key, quantity)));
    }

    /** Orders units without waiting for the decision: acceptance is enough. */
    @CanIgnoreReturnValue
    RequestRecord orderInPassing(String sale, String buyer) {
        return now(send(notWaiting, ShopRequest.order(sale, buyer, buyer + "-1", 1)));
    }

    @CanIgnoreReturnValue
    RequestRecord look(RequestRecord of) {
        return now(send(
                waiting,
                ShopRequest.look(
                        sale(of), buyer(of), of.request().key(), of.answer().orderId())));
    }

    @CanIgnoreReturnValue
    RequestRecord cancel(RequestRecord of) {
        return now(send(
                waiting,
                ShopRequest.cancel(
                        sale(of), buyer(of), of.request().key(), of.answer().orderId())));
    }

    private static String sale(RequestRecord of) {
        return of.request().sale();
    }

    private static String buyer(RequestRecord of) {
        return of.request().buyer();
    }

    private Future<RequestRecord> send(ShopClient shop, ShopRequest request) {
        Promise<RequestRecord> answered = Promise.promise();
        loop.runOnContext(v -> shop.send(request).onComplete(answered));
        return answered.future();
    }

    /** Whether the condition became true in time; does not fail. */
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

    /** Injects the fault into the first instance and waits for the recovery. */
    void happens(FaultKind kind) throws InterruptedException {
        try (FaultInjector faults = begin(kind, 0)) {
            untilOver(faults);
        }
    }

    /** Removes the sale's orders from the queue, except those that the decider has fetched. */
    void purge(String sale) {
        String queue = DoorbusterTopology.orders(new SaleId(sale).partition());
        new BrokerAdmin(system.servers().group(ServerKind.RABBITMQ)).purge(queue);
    }

    /** Copies Redis' data now, and rolls Redis back to it after the given time. */
    FaultInjector setsRedisBackIn(Duration later) {
        return begin(FaultKind.ROLL_BACK_REDIS, later.toMillis());
    }

    /** Begins a fault of the network that lasts for the given time. */
    FaultInjector begins(FaultKind kind, Duration length) {
        return begin(new PlannedFault(kind, 0, 0, length.toMillis(), 0));
    }

    private FaultInjector begin(FaultKind kind, long millis) {
        return begin(new PlannedFault(kind, 0, millis, 0, millis));
    }

    private FaultInjector begin(PlannedFault fault) {
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
                .until(() -> ledger().orders().stream()
                                .filter(row -> row.sale().equals(sale))
                                .count()
                        >= orders);
    }

    /** Waits until the sale's counter has this value. */
    void untilTheCounterHas(String sale, long available) {
        await().atMost(ANSWER_MAX).pollInterval(LOOK_EVERY).until(() -> {
            SaleCounter counter = CounterStoreReader.read(
                            system.servers(), history.read().sales())
                    .get(sale);
            return counter != null && counter.available() == available;
        });
    }

    /** The sale's verification says PASS in time, or that is a finding. */
    void verifies(String sale, Duration max) throws InterruptedException {
        SaleVerification verification = SaleVerification.await(system.operator(), sale, max);
        if (!verification.passed()) {
            findings.add(Violation.NOT_VERIFIED, verification.json());
        }
    }

    /** Ends the sales, waits until nothing is in flight, and judges. */
    Findings judged() throws InterruptedException {
        history.read().sales().forEach(sale -> history.add(sale.overAt(history.now())));
        for (String sale : sales) {
            verifies(sale, verdictMax);
        }
        var broker = observer.snapshot();
        var counters = CounterStoreReader.read(system.servers(), history.read().sales());
        findings.addAll(Judge.judge(Judge.UNDER_FAULTS, new RunRecord(history.read(), ledger(), counters, broker)));
        return findings;
    }

    /** Filters the data of this trial's sales. */
    private LedgerSnapshot ledger() {
        return now(SqlLedgerReader.read(vertx, system.ledger(), history::now)).ofSales(sales);
    }

    static <T> T now(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(RECORDED_MAX.toMillis(), TimeUnit.MILLISECONDS);
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
