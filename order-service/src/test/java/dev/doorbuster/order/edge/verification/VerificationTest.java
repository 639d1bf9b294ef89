package dev.doorbuster.order.edge.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.edge.sale.Rows;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleCacheConfig;
import dev.doorbuster.order.ledger.read.SaleSums;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts derived from several readings of a sale; its marker returns at once. */
class VerificationTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final VerificationConfig CONFIG = VerificationConfig.defaults();
    private static final PendingReason DEAD_LETTER =
            new PendingReason(PendingReason.Kind.DEAD_LETTERS, "dead-letters: 1");

    private static final UUID LOST = UUID.randomUUID();

    private long now = 1_000_000_000L;
    private boolean nothingSetAside = true;
    private PendingMarkers.Outcome marker = PendingMarkers.Outcome.RETURNED;
    private SaleSums sums = sold(60);
    private CounterValue counter = new CounterValue(3, 40);
    private SaleState state = SaleState.OPEN;
    private Supplier<Future<Void>> recount = () -> Future.failedFuture("nobody recounts");
    private final SaleCache saleCache = new SaleCache(
            VERTX,
            SaleCacheConfig.defaults(),
            () -> now,
            () -> Future.succeededFuture(List.of()),
            id -> Future.succeededFuture(Optional.of(Rows.sale(state, 100, 60))));
    private final Verification verification = new Verification(
            CONFIG,
            () -> now,
            saleCache,
            sale -> Future.succeededFuture(marker),
            sale -> Future.succeededFuture(nothingSetAside ? Optional.empty() : Optional.of(DEAD_LETTER)),
            (id, kind) -> Future.succeededFuture(Optional.ofNullable(counter)),
            id -> Future.succeededFuture(sums),
            (epoch, sale) -> recount.get());

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void readsTheLedgerForOneVerificationAfterTheOther() {
        // Given
        var asked = new ArrayList<Promise<SaleSums>>();
        var busy = new Verification(
                CONFIG,
                () -> now,
                saleCache,
                sale -> Future.succeededFuture(marker),
                sale -> Future.succeededFuture(Optional.empty()),
                (id, kind) -> Future.succeededFuture(Optional.ofNullable(counter)),
                id -> {
                    asked.add(Promise.promise());
                    return asked.get(asked.size() - 1).future();
                },
                (epoch, sale) -> recount.get());
        Future<JsonObject> first = busy.verify(Rows.ID);
        Future<JsonObject> second = busy.verify(Rows.ID);
        assertThat(asked).hasSize(1);

        // When
        asked.get(0).complete(sums);

        // Then
        assertThat(first.succeeded()).isTrue();
        assertThat(second.isComplete()).isFalse();
        assertThat(asked).hasSize(2);
    }

    @Test
    void passesWhereNothingDrifts() {
        assertThat(verdict()).isEqualTo("PASS");
    }

    @Test
    void isPendingWhileAnOrderMayBeADeadLetter() {
        nothingSetAside = false;

        JsonObject page = verification.verify(Rows.ID).result();

        assertThat(page.getString("verdict")).isEqualTo("PENDING");
        assertThat(page.getValue("inFlight")).isNull();
    }

    @Test
    void hasACounterRecountedThatIsGoneAndPasses() {
        // Given
        counter = null;
        recount = () -> {
            counter = new CounterValue(4, 40);
            return Future.succeededFuture();
        };

        // When, Then
        assertThat(verdict()).isEqualTo("PASS");
    }

    @Test
    void isPendingWhereNoRecountCanBeHad() {
        // Given
        counter = null;

        // When, Then
        assertThat(verdict()).isEqualTo("PENDING");
    }

    @ParameterizedTest
    @CsvSource({"OPEN, PENDING", "SOLD_OUT, PENDING", "SCHEDULED, PASS", "CLOSED, PASS"})
    void hasAWrongCounterRecountedOnlyWhereTheSaleDoesNotRun(SaleState is, String verdict) {
        // Given
        state = is;
        counter = new CounterValue(3, 39);
        recount = () -> {
            counter = new CounterValue(4, 40);
            return Future.succeededFuture();
        };

        // When, Then
        assertThat(verdict()).isEqualTo(verdict);
    }

    @Test
    void requestsNoRecountWhileOrdersAreInFlight() {
        // Given
        counter = null;
        nothingSetAside = false;
        recount = () -> {
            throw new AssertionError("nobody may be asked");
        };

        // When, Then
        assertThat(verdict()).isEqualTo("PENDING");
    }

    @Test
    void failsOnceTheSameDriftIsOld() {
        // Given
        counter = new CounterValue(3, 39);
        assertThat(verdict()).isEqualTo("PENDING");

        // When
        driftGrowsOld();

        // Then
        assertThat(verdict()).isEqualTo("FAIL");
    }

    @Test
    void startsTheClockAgainForADriftOfOtherUnits() {
        // Given
        counter = new CounterValue(3, 39);
        assertThat(verdict()).isEqualTo("PENDING");

        // When
        driftGrowsOld();
        counter = new CounterValue(3, 38);

        // Then
        assertThat(verdict()).isEqualTo("PENDING");
        driftGrowsOld();
        assertThat(verdict()).isEqualTo("FAIL");
    }

    @Test
    void startsTheClockAgainWhereTheSaleHasSoldMore() {
        // Given
        counter = new CounterValue(3, 39);
        assertThat(verdict()).isEqualTo("PENDING");

        // When
        driftGrowsOld();
        counter = new CounterValue(3, 29);
        sums = sold(70);

        // Then
        assertThat(verdict()).isEqualTo("PENDING");
    }

    @Test
    void startsTheClockAgainAfterARecount() {
        // Given
        counter = new CounterValue(3, 39);
        assertThat(verdict()).isEqualTo("PENDING");

        // When
        driftGrowsOld();
        counter = new CounterValue(4, 39);

        // Then
        assertThat(verdict()).isEqualTo("PENDING");
    }

    @Test
    void failsWhereAnOrderIsMissingForTooLongAlsoWhileOthersAreSold() {
        // Given
        sums = missing(60);
        assertThat(verdict()).isEqualTo("PENDING");

        // When
        driftGrowsOld();
        sums = missing(70);
        counter = new CounterValue(3, 30);

        // Then
        assertThat(verdict()).isEqualTo("FAIL");
        sums = sold(70);
        assertThat(verdict()).isEqualTo("PASS");
    }

    private static SaleSums missing(long units) {
        return new SaleSums(100, units, units, 0, 0, 0, 0, 0, 3, 1, List.of(LOST));
    }

    private void driftGrowsOld() {
        now += CONFIG.driftMax().plus(Duration.ofSeconds(1)).toNanos();
    }

    private String verdict() {
        return verification.verify(Rows.ID).result().getString("verdict");
    }

    private static SaleSums sold(long units) {
        return new SaleSums(100, units, units, 0, 0, 0, 0, 0, 3, 0, List.of());
    }
}
