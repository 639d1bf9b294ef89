package dev.doorbuster.systemtests;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.jobs.Job;
import dev.doorbuster.order.ledger.jobs.JobsConfig;
import dev.doorbuster.order.ledger.jobs.Reconciler;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.systemtests.SmallSystem.Answer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each cause of a wrong counter leads to one recount, recorded with that cause, and the counter is right again. */
class RecountsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();
    private static SmallSystem system;

    @BeforeAll
    static void start() {
        // The reconciler would repair the counter first; tests that need it start their own.
        system = new SmallSystem(VERTX, servers, "DOORBUSTER_RECONCILE_INTERVAL_MS", "86400000");
        startDecider();
    }

    /** Asks for one recount only, however late it comes. */
    private static void startDecider() {
        system.startStockService("decider.recountInterval", "60000");
    }

    @AfterAll
    static void stop() {
        system.close();
        SmallSystem.await(VERTX.close());
    }

    @ParameterizedTest
    @EnumSource
    void ofASaleThatOpensIsEditedAndEnds(CounterKind kind) {
        // When, Then
        SaleId sale = system.create(kind);
        awaitCounter(sale, kind, "1:10");
        assertThat(system.edit(sale, "stock", 12).status()).isEqualTo(200);
        awaitCounter(sale, kind, "2:12");
        assertThat(system.end(sale).status()).isEqualTo(200);
        awaitCounter(sale, kind, "3:12");
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:12 STOCK_EDITED", "3:12 CLOSED");
    }

    @ParameterizedTest
    @EnumSource
    void whereTheLedgerRefusesWhatWasCounted(CounterKind kind) {
        // Given
        SaleId sale = openSale(kind, "stock", 3);
        reserved(sale, "alice", 2);
        awaitCounter(sale, kind, "1:1");
        system.writeCounter(sale, kind, "1:3");

        // When
        Answer refused = system.orderAndWait(sale, "bob", 2);

        // Then
        assertThat(refused.slug()).isEqualTo("not-enough-left");
        awaitCounter(sale, kind, "2:1");
        assertThat(system.recounts(sale)).containsExactly("1:3 OPENED", "2:1 COUNTED_REFUSED");
    }

    @ParameterizedTest
    @EnumSource
    void whereTheLedgerReservesWhatWasNotCounted(CounterKind kind) {
        // Given
        SaleId sale = openSale(kind);
        system.writeClaim(sale, kind, "alice");

        // When
        reserved(sale, "alice", 2);

        // Then
        awaitCounter(sale, kind, "2:8");
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:8 UNCOUNTED_RESERVED");
    }

    @ParameterizedTest
    @EnumSource
    void whereABuyerCancels(CounterKind kind) {
        // Given
        SaleId sale = openSale(kind);
        UUID order = reserved(sale, "alice", 2);

        // When
        system.command(sale, new OrderCancel(UUID.randomUUID(), order, "alice", "nobody", Instant.now(), null));

        // Then
        awaitCounter(sale, kind, "2:10");
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:10 CANCELLED");
    }

    @ParameterizedTest
    @EnumSource
    void whereAHoldEndsAndWhereMoneyComesAfterItsEnd(CounterKind kind) {
        // Given
        SaleId sale = openSale(kind, "holdSeconds", 1);
        UUID order = reserved(sale, "alice", 2);

        // When, Then
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            system.command(sale, new OrderHoldOver(order));
            assertThat(system.recounts(sale)).hasSize(2);
        });
        awaitCounter(sale, kind, "2:10");
        system.command(
                sale,
                new OrderPayment(
                        UUID.randomUUID(), order, "alice", "money-1", null, null, "nobody", Instant.now(), null));
        awaitCounter(sale, kind, "3:8");
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:10 EXPIRED", "3:8 LATE_PAYMENT");
    }

    @ParameterizedTest
    @EnumSource
    void whereTheDeciderMissesTheCounter(CounterKind kind) {
        // Given
        SaleId sale = openSale(kind);
        reserved(sale, "alice", 2);
        system.loseCounter(sale, kind);

        // When
        reserved(sale, "bob", 1);

        // Then
        awaitCounter(sale, kind, "2:7");
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:8 COUNTER_MISSING");
    }

    @ParameterizedTest
    @EnumSource
    void whereAnOrderIsPublishedTwiceAndTheStoreIsLostBetweenTheTwo(CounterKind kind) throws Exception {
        // Given
        SaleId sale = openSale(kind);
        system.stopStockService();
        String order = system.order(sale, "alice", 2).json().getString("id");
        List<OrderPlaced> placed;
        try (var decider = new FailingDecider(system.environment(), sale)) {
            placed = decider.take();
            system.command(sale, OrderGranted.of(placed.get(0), true, 1));
            await().atMost(SOON).until(() -> "RESERVED".equals(system.status("alice", order)));
            decider.acknowledge();
        }
        system.loseCounter(sale, kind);
        startDecider();

        // When
        system.enter(sale, placed.get(0));

        // Then
        awaitCounter(sale, kind, "3:8");
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:8 COUNTER_MISSING", "3:8 COUNTED_REFUSED");
    }

    /**
     * The recount includes those units already: counted twice, they would not be sold until the reconciler's next
     * check.
     */
    @ParameterizedTest
    @EnumSource
    void findNothingMissingWhereWhatWasDecidedComesAgainToAStoreThatForgotIt(CounterKind kind) throws Exception {
        // Given
        SaleId sale = openSale(kind);
        system.stopStockService();
        String order = system.order(sale, "alice", 2).json().getString("id");
        try (var decider = new FailingDecider(system.environment(), sale)) {
            for (OrderPlaced placed : decider.take()) {
                system.command(sale, OrderGranted.of(placed, true, 1));
            }
            await().atMost(SOON).until(() -> "RESERVED".equals(system.status("alice", order)));
        }
        system.loseCounter(sale, kind);

        // When
        startDecider();
        reserved(sale, "bob", 1);

        // Then
        awaitCounter(sale, kind, "2:7");
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:8 COUNTER_MISSING");
    }

    @ParameterizedTest
    @EnumSource
    void whereTheReconcilerMissesTheCounter(CounterKind kind) {
        // Given
        SaleId sale = openSale(kind);
        reserved(sale, "alice", 2);
        system.loseCounter(sale, kind);

        // When
        Job reconciler = reconciler("10000");

        // Then
        awaitCounter(sale, kind, "2:8");
        SmallSystem.await(reconciler.stop());
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:8 RECONCILER_MISSING");
    }

    @ParameterizedTest
    @EnumSource
    void whereTheReconcilerSeesTheSameGapTwice(CounterKind kind) {
        // Given
        SaleId sale = openSale(kind);
        reserved(sale, "alice", 2);
        awaitCounter(sale, kind, "1:8");
        system.writeCounter(sale, kind, "1:5");

        // When
        Job reconciler = reconciler("3000");

        // Then
        awaitCounter(sale, kind, "2:8");
        SmallSystem.await(reconciler.stop());
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:8 RECONCILER_GAP");
    }

    @Test
    void ofASaleThatTheLedgerDoesNotHaveLeavesNothingToSellInEitherStore() {
        // Given
        SaleId unknown = SaleId.random(new Random());

        // When
        system.command(unknown, new SaleRecount(SaleRecount.Cause.MISSING));

        // Then
        awaitCounter(unknown, CounterKind.REDIS, "0:0");
        awaitCounter(unknown, CounterKind.MEMCACHED, "0:0");
        assertThat(system.recounts(unknown)).isEmpty();
    }

    @Test
    void areCountedByCause() {
        // When
        SaleId sale = openSale(CounterKind.REDIS);
        system.end(sale);

        // Then
        assertThat(system.metrics
                        .get("doorbuster.recounts")
                        .tag("cause", "opened")
                        .counter()
                        .count())
                .isPositive();
        assertThat(system.metrics
                        .get("doorbuster.recounts")
                        .tag("cause", "closed")
                        .counter()
                        .count())
                .isPositive();
    }

    private static SaleId openSale(CounterKind kind, Object... replaced) {
        SaleId sale = system.create(kind, replaced);
        await().atMost(SOON).until(() -> system.counter(sale, kind).isPresent());
        return sale;
    }

    private static UUID reserved(SaleId sale, String buyer, int quantity) {
        Answer answer = system.orderAndWait(sale, buyer, quantity);
        assertThat(answer.status()).as(answer.json().encode()).isEqualTo(201);
        return UUID.fromString(answer.json().getString("id"));
    }

    private static void awaitCounter(SaleId sale, CounterKind kind, String value) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(system.counter(sale, kind)).contains(value));
    }

    private static Job reconciler(String intervalMs) {
        var config = JobsConfig.fromEnv(new Environment(Map.of("DOORBUSTER_RECONCILE_INTERVAL_MS", intervalMs)));
        var reader = new LedgerReader(new Statements(system.pool(), DatabaseConfig.fromEnv(system.environment())));
        return SmallSystem.await(Reconciler.start(
                VERTX, reader, system.counters(), system.publisher(), config, new SimpleMeterRegistry()));
    }
}
