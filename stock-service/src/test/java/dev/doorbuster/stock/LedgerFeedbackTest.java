package dev.doorbuster.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.Orders;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recounts and released claims are applied to the right counter. */
class LedgerFeedbackTest {
    private final FakeCounter redis = new FakeCounter();
    private final FakeCounter memcached = new FakeCounter();
    private final Map<CounterKind, StockCounter> counters =
            Map.of(CounterKind.REDIS, redis, CounterKind.MEMCACHED, memcached);
    private final SaleId sale = Orders.newSale();

    @Test
    void installsTheNewestOfSeveralRecountsOfASale() {
        // Given
        var batch = new MessageBatch(List.of(
                Message.of(sale, new SaleCounted(3, 30, CounterKind.REDIS)),
                Message.of(sale, new SaleCounted(5, 50, CounterKind.REDIS)),
                Message.of(sale, new SaleCounted(4, 40, CounterKind.REDIS))));

        // When
        Future<Void> handled = new InstallRecounts(counters).handle(batch);

        // Then
        assertThat(handled.succeeded()).isTrue();
        assertThat(redis.installed).containsExactly(new FakeCounter.Installed(sale, new CounterValue(5, 50)));
        assertThat(memcached.installed).isEmpty();
    }

    @Test
    void installsARecountInTheRightCounter() {
        // Given
        var batch = new MessageBatch(List.of(
                Message.of(sale, new SaleCounted(3, 30, CounterKind.REDIS)),
                Message.of(sale, new SaleCounted(1, 10, CounterKind.MEMCACHED))));

        // When
        Future<Void> handled = new InstallRecounts(counters).handle(batch);

        // Then
        assertThat(handled.succeeded()).isTrue();
        assertThat(redis.installed).containsExactly(new FakeCounter.Installed(sale, new CounterValue(3, 30)));
        assertThat(memcached.installed).containsExactly(new FakeCounter.Installed(sale, new CounterValue(1, 10)));
    }

    @Test
    void releasesTheClaimsOfASaleTogether() {
        // Given
        var inRedis = new Orders(CounterKind.REDIS, 1);
        var inMemcached = new Orders(CounterKind.MEMCACHED, 1);
        ClaimReleased a = inRedis.released(inRedis.by("a"));
        ClaimReleased b = inRedis.released(inRedis.by("b"));
        ClaimReleased c = inMemcached.released(inMemcached.by("c"));
        var batch = new MessageBatch(List.of(Message.of(sale, a), Message.of(sale, c), Message.of(sale, List.of(b))));

        // When
        Future<Void> handled = new ReleaseClaims(counters).handle(batch);

        // Then
        assertThat(handled.succeeded()).isTrue();
        assertThat(redis.released).containsExactly(new FakeCounter.Released(sale, List.of(a, b)));
        assertThat(memcached.released).containsExactly(new FakeCounter.Released(sale, List.of(c)));
    }
}
