package dev.doorbuster.order.edge.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.devservices.junit.Overrides;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaleListTest {
    private static final Duration FRESH = Duration.ofMillis(500);

    private final List<Promise<List<SaleView>>> readings = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1_000;
    private final SaleList list = new SaleList(
            () -> {
                Promise<List<SaleView>> reading = Promise.promise();
                readings.add(reading);
                return reading.future();
            },
            Overrides.in(SaleCacheConfig.defaults(), "listFreshMax", Long.toString(FRESH.toMillis())),
            () -> now);

    @Test
    void asksOnceHoweverManyAsk() {
        // Given: one asked before, and one while the answer is on its way
        Future<Buffer> first = list.read();
        Future<Buffer> second = list.read();
        now += FRESH.toNanos();

        // When
        readings.get(0).complete(List.of(Rows.sale(SaleState.OPEN, 10, 1)));

        // Then
        assertThat(list.read().result()).isEqualTo(first.result()).isEqualTo(second.result());
        assertThat(available(first)).isEqualTo(9);
        assertThat(readings).hasSize(1);
    }

    @Test
    void asksAgainWhenTheAnswerIsOld() {
        // Given
        Future<Buffer> before = list.read();
        readings.get(0).complete(List.of(Rows.sale(SaleState.OPEN, 10, 1)));
        now += FRESH.toNanos() + 1;

        // When
        Future<Buffer> after = list.read();
        readings.get(1).complete(List.of(Rows.sale(SaleState.OPEN, 10, 2)));

        // Then
        assertThat(available(before)).isEqualTo(9);
        assertThat(available(after)).isEqualTo(8);
    }

    @Test
    void keepsNoFailure() {
        // Given
        Future<Buffer> failed = list.read();
        readings.get(0).fail("the database is away");

        // When
        Future<Buffer> again = list.read();
        readings.get(1).complete(List.of());

        // Then
        assertThat(failed.cause()).hasMessage("the database is away");
        assertThat(again.succeeded()).isTrue();
    }

    @Test
    void anAnswerOfBeforeAChangeIsNotGivenAfterIt() {
        // Given: asked before the change, answered after it
        Future<Buffer> before = list.read();
        list.forget();
        Future<Buffer> after = list.read();

        // When
        readings.get(0).complete(List.of());
        readings.get(1).complete(List.of(Rows.sale(SaleState.OPEN, 10, 0)));

        // Then
        assertThat(before.result().toJsonObject().getJsonArray("sales")).isEmpty();
        assertThat(available(after)).isEqualTo(10);
        assertThat(available(list.read())).isEqualTo(10);
    }

    @Test
    void aFailureOfBeforeAChangeDoesNotTakeTheAnswerOfAfterIt() {
        // Given
        Future<Buffer> before = list.read();
        list.forget();
        Future<Buffer> after = list.read();

        // When
        readings.get(0).fail("the database is away");
        readings.get(1).complete(List.of());

        // Then
        assertThat(before.failed()).isTrue();
        assertThat(list.read()).isSameAs(after);
        assertThat(readings).hasSize(2);
    }

    private static long available(Future<Buffer> answer) {
        return answer.result()
                .toJsonObject()
                .getJsonArray("sales")
                .getJsonObject(0)
                .getLong("available");
    }
}
