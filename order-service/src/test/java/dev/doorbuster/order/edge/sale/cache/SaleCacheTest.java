package dev.doorbuster.order.edge.sale.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.order.edge.sale.Rows;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test completes readings in any order; no timer starts one during a test. */
class SaleCacheTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final List<Promise<List<SaleView>>> readings = new ArrayList<>();
    private final List<Promise<Optional<SaleView>>> rows = new ArrayList<>();
    private long now = 1_000_000_000L;
    private final SaleCache saleCache = new SaleCache(
            VERTX,
            Overrides.in(SaleCacheConfig.defaults(), "readingEvery", "60000", "readingMax", "60000"),
            () -> now,
            () -> {
                Promise<List<SaleView>> reading = Promise.promise();
                readings.add(reading);
                return reading.future();
            },
            id -> {
                Promise<Optional<SaleView>> row = Promise.promise();
                rows.add(row);
                return row.future();
            });

    @AfterEach
    void stop() {
        assertThat(saleCache.stop().succeeded()).isTrue();
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void knowsTheSalesThatAreOpen() {
        // Given
        Future<Void> started = start();
        assertThat(saleCache.problem()).contains("the sales have not been read yet");

        // When
        readings.get(0).complete(List.of(Rows.sale(SaleState.OPEN, 10, 1)));

        // Then
        assertThat(saleCache.known(Rows.ID.value()).sale().available()).isEqualTo(9);
        assertThat(saleCache.problem()).isEmpty();
        assertThat(started).isNotNull();
    }

    @Test
    void readsAnUnknownSaleOnceForConcurrentRequestsAndCachesIt() {
        // Given
        Future<Optional<SaleReading>> first = saleCache.find(Rows.ID);
        Future<Optional<SaleReading>> second = saleCache.find(Rows.ID);
        Future<Optional<SaleReading>> third = saleCache.find(Rows.ID);

        // When
        rows.get(0).complete(Optional.empty());
        rows.get(1).complete(Optional.empty());

        // Then
        assertThat(List.of(first.result(), second.result(), third.result())).containsOnly(Optional.empty());
        assertThat(rows).hasSize(2);
        assertThat(saleCache.find(Rows.ID).result()).isEmpty();
        assertThat(rows).hasSize(2);
    }

    @Test
    void readsAgainOnceTheAnswerIsOutdated() {
        // Given
        Future<Optional<SaleReading>> first = saleCache.find(Rows.ID);
        rows.get(0).complete(Optional.empty());
        assertThat(first.result()).isEmpty();

        // When
        now += Duration.ofSeconds(2).toNanos();
        Future<Optional<SaleReading>> second = saleCache.find(Rows.ID);
        rows.get(1).complete(Optional.of(Rows.sale(SaleState.OPEN, 10, 0)));

        // Then
        assertThat(second.result()).isPresent();
    }

    @Test
    void keepsWhatWasReadLaterThanAReadingThatEndsAfterIt() {
        // Given
        Future<Void> started = start();
        now++;
        Future<Optional<SaleReading>> refreshed = saleCache.refresh(Rows.ID);
        rows.get(0).complete(Optional.of(Rows.sale(SaleState.CLOSED, 10, 5)));
        assertThat(refreshed.result()).isPresent();

        // When
        readings.get(0).complete(List.of(Rows.sale(SaleState.OPEN, 10, 5)));

        // Then
        assertThat(saleCache.known(Rows.ID.value())).isNull();
        assertThat(saleCache.find(Rows.ID).result().orElseThrow().sale().state())
                .isEqualTo(SaleState.CLOSED);
        assertThat(started).isNotNull();
    }

    @Test
    void keepsASaleThatWasOpenedWhileAReadingWasUnderWay() {
        // Given
        Future<Void> started = start();
        now++;
        Future<Optional<SaleReading>> refreshed = saleCache.refresh(Rows.ID);
        rows.get(0).complete(Optional.of(Rows.sale(SaleState.OPEN, 10, 0)));
        assertThat(refreshed.result()).isPresent();

        // When
        readings.get(0).complete(List.of());

        // Then
        assertThat(saleCache.known(Rows.ID.value())).isNotNull();
        assertThat(started).isNotNull();
    }

    @Test
    void forgetsASaleThatIsNoLongerOpen() {
        // Given
        Future<Void> started = start();
        readings.get(0).complete(List.of(Rows.sale(SaleState.OPEN, 10, 0)));

        // When
        now += Duration.ofSeconds(1).toNanos();
        saleCache.announced();
        readings.get(1).complete(List.of());

        // Then
        assertThat(saleCache.known(Rows.ID.value())).isNull();
        assertThat(started).isNotNull();
    }

    @Test
    void readsOnceMoreForAllAnnouncementsThatComeDuringAReading() {
        // Given
        Future<Void> started = start();

        // When
        saleCache.announced();
        saleCache.announced();
        now += Duration.ofSeconds(1).toNanos();
        readings.get(0).complete(List.of());

        // Then
        assertThat(readings).hasSize(2);
        assertThat(started).isNotNull();
    }

    @Test
    void keepsAndReportsTheLastReadingsWhileTheDatabaseIsDown() {
        // Given
        Future<Void> started = start();
        readings.get(0).complete(List.of(Rows.sale(SaleState.OPEN, 10, 0)));

        // When
        now += Duration.ofHours(1).toNanos();
        saleCache.announced();
        readings.get(1).fail("away");

        // Then
        assertThat(saleCache.known(Rows.ID.value())).isNotNull();
        assertThat(saleCache.problem()).contains("the sales cannot be read");
        assertThat(started).isNotNull();
    }

    private Future<Void> start() {
        return saleCache.start();
    }
}
