package dev.doorbuster.order.edge.report;

import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.ledger.read.LedgerReader.ReportedSale;
import dev.doorbuster.order.ledger.read.SaleTotals;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.MemcachedStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of closed sales and page views, in a Memcached beside counters. */
class CachesIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(ServerKind.MEMCACHED);

    private static final int COUNTERS = 200;
    private static final int FILL = 5 * ClosedSalePages.SLOTS;

    private final Vertx vertx = Vertx.vertx();
    private final Random random = new Random(14);
    private final AtomicLong nanoTime = new AtomicLong();
    private final Set<String> open = new HashSet<>();
    private MemcachedStore memcached;
    private ClosedSalePages pages;
    private PageViews views;

    @BeforeEach
    void start() {
        servers.memcached().restart();
        memcached = await(MemcachedStore.start(vertx, MemcachedConfig.fromEnv(new Environment(servers.variables()))));
        await().until(() -> memcached.problem().isEmpty());
        pages = new ClosedSalePages(memcached);
        views = new PageViews(vertx, memcached, open::contains, nanoTime::get);
    }

    @AfterEach
    void close() {
        await(memcached.close());
        await(vertx.close());
    }

    @Test
    void readsThePagesOfManySales() {
        // Given
        List<ReportedSale> sales = new ArrayList<>();
        Set<String> slots = new HashSet<>();
        while (sales.size() < 20) {
            ReportedSale sale = closed(SaleId.random(random), 3);
            if (slots.add(ClosedSalePages.key(sale.sale().saleId()))) {
                sales.add(sale);
                await(pages.write(sale, totals(sale, 7), false));
            }
        }

        // When
        ClosedSalePages.Found found = await(pages.read(sales));

        // Then
        assertThat(found.totals()).hasSize(20);
        assertThat(found.totals().get(sales.get(0).sale().saleId())).isEqualTo(totals(sales.get(0), 7));
        assertThat(found.outdated()).isEmpty();
    }

    @Test
    void replacesAnOutdatedPageButDoesNotRestoreARemovedOne() {
        // Given
        SaleId id = SaleId.random(random);
        await(pages.write(closed(id, 3), totals(closed(id, 3), 7), false));
        ReportedSale paidLate = closed(id, 4);

        // When
        ClosedSalePages.Found found = await(pages.read(List.of(paidLate)));
        await(pages.write(paidLate, totals(paidLate, 8), true));
        ClosedSalePages.Found replaced = await(pages.read(List.of(paidLate)));
        assertThat(await(memcached.delete(ClosedSalePages.key(id)))).isTrue();
        await(pages.write(paidLate, totals(paidLate, 8), true));

        // Then
        assertThat(found.totals()).isEmpty();
        assertThat(found.outdated()).containsExactly(id);
        assertThat(replaced.totals().get(id).paid()).isEqualTo(8);
        assertThat(servers.memcached().has(ClosedSalePages.key(id))).isFalse();
    }

    @Test
    void deletesThePagesOfAllSalesThatAreOpenAgain() {
        // Given
        ReportedSale first = closed(SaleId.random(random), 3);
        ReportedSale second = closed(SaleId.random(random), 3);
        await(pages.write(first, totals(first, 7), false));
        await(pages.write(second, totals(second, 7), false));

        // When
        ClosedSalePages.Found found = await(
                pages.read(List.of(new ReportedSale(first.sale(), false), new ReportedSale(second.sale(), false))));

        // Then
        assertThat(found.totals()).isEmpty();
        assertThat(servers.memcached().stat("curr_items")).isZero();
    }

    @Test
    void keepsNoPageThatMayChange() {
        // Given
        ReportedSale sale = closed(SaleId.random(random), 3);

        // When
        await(pages.write(new ReportedSale(sale.sale(), false), totals(sale, 7), false));
        await(pages.write(
                sale, new SaleTotals(sale.sale().saleId(), "", SaleState.CLOSED, "EUR", 9, 1, 1, 0, 0, 0, 1), false));

        // Then
        assertThat(servers.memcached().stat("curr_items")).isZero();
    }

    @Test
    void ignoresAPageThatItCannotRead() {
        // Given
        ReportedSale sale = closed(SaleId.random(random), 3);
        String key = ClosedSalePages.key(sale.sale().saleId());

        // When, then
        for (String text : List.of("", "null", "[]", "{\"saleId\":7}", "{\"epoch\":\"x\"}")) {
            assertThat(await(memcached.set(key, text, Duration.ZERO))).isTrue();
            assertThat(await(pages.read(List.of(sale))).totals()).as(text).isEmpty();
        }
    }

    @Test
    void pagesDoNotPushOutCounters() {
        // Given
        List<String> counters = counters();

        // When
        var written = new ArrayList<Future<Void>>();
        for (int i = 0; i < FILL; i++) {
            ReportedSale sale = closed(SaleId.random(random), 3);
            written.add(pages.write(sale, totals(sale, Long.MAX_VALUE), false));
            if (written.size() == 500) {
                await(Future.all(written));
                written.clear();
            }
        }
        await(Future.all(written));

        // Then
        assertThat(servers.memcached().stat("curr_items")).isLessThanOrEqualTo(COUNTERS + ClosedSalePages.SLOTS);
        assertThat(servers.memcached().stat("bytes")).isLessThan((COUNTERS + ClosedSalePages.SLOTS) * 400L);
        assertThat(await(memcached.getAll(counters))).hasSize(COUNTERS);
    }

    @Test
    void viewsDoNotPushOutCounters() {
        // Given
        List<String> counters = counters();

        // When
        for (int i = 0; i < FILL; i++) {
            String id = SaleId.random(random).value();
            open.add(id);
            views.viewed(id);
        }
        await(views.send());

        // Then
        assertThat(servers.memcached().stat("curr_items")).isEqualTo(COUNTERS + PageViews.SALES_MAX);
        assertThat(await(memcached.getAll(counters))).hasSize(COUNTERS);
    }

    @Test
    void countsViewsOfOpenSalesOfAllEdges() {
        // Given
        SaleId viewed = SaleId.random(random);
        SaleId closed = SaleId.random(random);
        open.add(viewed.value());
        var otherEdge = new PageViews(vertx, memcached, open::contains, nanoTime::get);

        // When
        views.viewed(viewed.value());
        views.viewed(viewed.value());
        views.viewed(closed.value());
        views.viewed("not a sale");
        otherEdge.viewed(viewed.value());
        await(Future.all(views.send(), otherEdge.stop()));
        views.viewed(viewed.value());
        await(views.send());

        // Then
        assertThat(await(views.of(List.of(viewed, closed)))).containsExactly(Map.entry(viewed, 4L));
    }

    @Test
    void countsOtherSalesOnTheNextDay() {
        // Given
        for (int i = 0; i < PageViews.SALES_MAX; i++) {
            String id = SaleId.random(random).value();
            open.add(id);
            views.viewed(id);
        }
        SaleId late = SaleId.random(random);
        open.add(late.value());

        // When
        views.viewed(late.value());
        nanoTime.addAndGet(PageViews.KEPT.toNanos() + 1);
        views.viewed(late.value());
        await(views.send());

        // Then
        assertThat(await(views.of(List.of(late)))).containsExactly(Map.entry(late, 1L));
    }

    @Test
    void answersWithoutMemcached() {
        // Given
        ReportedSale sale = closed(SaleId.random(random), 3);
        SaleId id = sale.sale().saleId();
        open.add(id.value());
        await(pages.write(sale, totals(sale, 7), false));

        // When
        servers.memcached().kill();
        views.viewed(id.value());
        await(Future.all(views.send(), pages.write(sale, totals(sale, 7), false)));
        ClosedSalePages.Found found = await(pages.read(List.of(sale)));
        Map<SaleId, Long> counts = await(views.of(List.of(id)));
        servers.memcached().restart();

        // Then
        assertThat(found.totals()).isEmpty();
        assertThat(counts).isEmpty();
        await().ignoreExceptions().until(() -> {
            await(pages.write(sale, totals(sale, 7), false));
            return !await(pages.read(List.of(sale))).totals().isEmpty();
        });
    }

    private List<String> counters() {
        List<String> counters = new ArrayList<>();
        for (int i = 0; i < COUNTERS; i++) {
            String key = MemcachedKeys.counter(SaleId.random(random));
            assertThat(await(memcached.set(key, "1:" + i, Duration.ZERO))).isTrue();
            counters.add(key);
        }
        return counters;
    }

    private static ReportedSale closed(SaleId id, long epoch) {
        Instant opened = Instant.parse("2026-01-31T18:00:00Z");
        var sale = new SaleView(
                id,
                "Lamps",
                1999,
                "EUR",
                100,
                7,
                2,
                opened,
                null,
                60,
                CounterKind.MEMCACHED,
                SaleState.CLOSED,
                epoch,
                null,
                null);
        return new ReportedSale(sale, true);
    }

    private static SaleTotals totals(ReportedSale sale, long paid) {
        return new SaleTotals(
                sale.sale().saleId(), "Lamps", SaleState.CLOSED, "EUR", 100, paid, 0, paid, 3, paid, paid);
    }
}
