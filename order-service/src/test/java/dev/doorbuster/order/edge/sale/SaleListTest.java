package dev.doorbuster.order.edge.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.SalePresentation;
import dev.doorbuster.order.edge.sale.cache.SaleCacheConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SaleListTest {
    private static final Duration FRESH = Duration.ofMillis(500);

    private final List<Promise<ListPage<SaleView>>> readings = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1_000;
    private final SaleList list = new SaleList(
            "/api/sales",
            after -> {
                Promise<ListPage<SaleView>> reading = Promise.promise();
                readings.add(reading);
                return reading.future();
            },
            sales -> Future.succeededFuture(sales.stream()
                    .map(sale -> SaleJson.sale(sale, SalePresentation.NONE))
                    .toList()),
            Overrides.in(SaleCacheConfig.defaults(), "listFreshMax", Long.toString(FRESH.toMillis())),
            () -> now);

    @Test
    void readsOnceForConcurrentRequests() {
        // Given: one asked before, and one while the answer is on its way
        Future<SaleList.Page> first = list.read(Optional.empty());
        Future<SaleList.Page> second = list.read(Optional.empty());
        now += FRESH.toNanos();

        // When
        readings.get(0).complete(page(List.of(Rows.sale(SaleState.OPEN, 10, 1))));

        // Then
        assertThat(list.read(Optional.empty()).result())
                .isEqualTo(first.result())
                .isEqualTo(second.result());
        assertThat(available(first)).isEqualTo(9);
        assertThat(readings).hasSize(1);
    }

    @Test
    void readsAgainWhenTheAnswerIsOutdated() {
        // Given
        Future<SaleList.Page> before = list.read(Optional.empty());
        readings.get(0).complete(page(List.of(Rows.sale(SaleState.OPEN, 10, 1))));
        now += FRESH.toNanos() + 1;

        // When
        Future<SaleList.Page> after = list.read(Optional.empty());
        readings.get(1).complete(page(List.of(Rows.sale(SaleState.OPEN, 10, 2))));

        // Then
        assertThat(available(before)).isEqualTo(9);
        assertThat(available(after)).isEqualTo(8);
    }

    @Test
    void keepsNoFailure() {
        // Given
        Future<SaleList.Page> failed = list.read(Optional.empty());
        readings.get(0).fail("the database is away");

        // When
        Future<SaleList.Page> again = list.read(Optional.empty());
        readings.get(1).complete(page(List.of()));

        // Then
        assertThat(failed.cause()).hasMessage("the database is away");
        assertThat(again.succeeded()).isTrue();
    }

    @Test
    void anAnswerFromBeforeAChangeIsNotReusedAfterIt() {
        // Given: requested before the change, answered after it
        Future<SaleList.Page> before = list.read(Optional.empty());
        list.forget();
        Future<SaleList.Page> after = list.read(Optional.empty());

        // When
        readings.get(0).complete(page(List.of()));
        readings.get(1).complete(page(List.of(Rows.sale(SaleState.OPEN, 10, 0))));

        // Then
        assertThat(before.result().body().toJsonObject().getJsonArray("sales")).isEmpty();
        assertThat(available(after)).isEqualTo(10);
        assertThat(available(list.read(Optional.empty()))).isEqualTo(10);
    }

    @Test
    void aFailureOfBeforeAChangeDoesNotTakeTheAnswerOfAfterIt() {
        // Given
        Future<SaleList.Page> before = list.read(Optional.empty());
        list.forget();
        Future<SaleList.Page> after = list.read(Optional.empty());

        // When
        readings.get(0).fail("the database is away");
        readings.get(1).complete(page(List.of()));

        // Then
        assertThat(before.failed()).isTrue();
        assertThat(list.read(Optional.empty())).isSameAs(after);
        assertThat(readings).hasSize(2);
    }

    private static ListPage<SaleView> page(List<SaleView> sales) {
        return new ListPage<>(sales, Optional.empty());
    }

    private static long available(Future<SaleList.Page> answer) {
        return answer.result()
                .body()
                .toJsonObject()
                .getJsonArray("sales")
                .getJsonObject(0)
                .getLong("available");
    }
}
