package dev.doorbuster.crowd.buyers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Judge;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.HttpLedgerReader;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link HttpLedgerReader} reads after a crowd, and what the judge concludes from it. */
class LedgerOverHttpTest {
    private static final String SALE = "k7wq2mzr5xv3ta6b";
    private static final int STOCK = 20;
    private static final int BUYERS = 200;

    private final Vertx vertx = Vertx.vertx();
    private final FakeShop shop = new FakeShop(vertx, STOCK);
    private final ShopClient.Settings settings =
            ShopClient.Settings.of(List.of(get(shop.open())), "0123456789abcdef0123456789abcdef");

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void readsEveryOrderOfTheLedger() {
        // Given
        CrowdPlan plan = plan(BUYERS);
        CrowdHistory history = run(plan);

        // When
        LedgerSnapshot ledger = read(plan, history, STOCK);

        // Then
        assertThat(ledger.orders())
                .containsExactlyInAnyOrderElementsOf(shop.ledger(SALE, STOCK).orders());
        assertThat(violations(history, ledger)).isEmpty();
    }

    @Test
    void repeatsRequestsThatAnOverloadedShopRefuses() {
        // Given: the first three requests of each buyer with an order are refused
        CrowdPlan plan = plan(BUYERS);
        CrowdHistory history = run(plan);
        shop.busyLists.set(3 * STOCK);

        // When, Then
        assertThat(read(plan, history, STOCK).orders()).hasSize(STOCK);
    }

    @Test
    void showsAReservationThatTheLedgerLost() {
        // Given
        CrowdPlan plan = plan(BUYERS);
        CrowdHistory history = run(plan);
        shop.forget("b-000001-1");

        // When
        LedgerSnapshot ledger = read(plan, history, STOCK);

        // Then
        assertThat(violations(history, ledger)).containsKeys(Violation.RESERVED_WITHOUT_ROW, Violation.SOLD_DIFFERS);
    }

    @Test
    void showsSoldUnitsWithoutAnOrder() {
        // Given
        CrowdPlan plan = plan(10);
        CrowdHistory history = run(plan);

        // When
        LedgerSnapshot ledger = read(plan, history, 11);

        // Then
        assertThat(violations(history, ledger)).containsOnlyKeys(Violation.SOLD_DIFFERS);
    }

    private static CrowdPlan plan(int buyers) {
        SaleRequest sale = SaleRequest.of("A sale", "redis", STOCK, 1, 3600);
        return CrowdPlan.simple(SaleRecord.of(SALE, sale), buyers, 1_000, 0, 0);
    }

    private CrowdHistory run(CrowdPlan plan) {
        return get(CrowdRun.run(vertx, settings, plan, progress -> {})).history();
    }

    private LedgerSnapshot read(CrowdPlan plan, CrowdHistory history, long sold) {
        return get(HttpLedgerReader.read(vertx, settings, plan, history, STOCK, sold));
    }

    private static Map<Violation, List<String>> violations(CrowdHistory history, LedgerSnapshot ledger) {
        return Judge.judgeOrders(history, ledger).findings().byViolation();
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
