package dev.doorbuster.counter.memcached;

import static dev.doorbuster.counter.CounterOutcome.GRANTED_UNCOUNTED;
import static dev.doorbuster.counter.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.Orders;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.counter.StockCounterContract;
import dev.doorbuster.counter.Stores;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.store.MemcachedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MemcachedStockCounterIT extends StockCounterContract {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.of(ServerKind.MEMCACHED);

    private static Vertx vertx;
    private static MemcachedStore memcached;

    @BeforeAll
    static void connect() {
        vertx = Vertx.vertx();
        memcached = await(MemcachedStore.start(
                vertx, Stores.memcached(SERVERS.memcached().port()).withCommandMax(Duration.ofSeconds(30))));
    }

    @AfterAll
    static void disconnect() {
        await(memcached.close());
        await(vertx.close());
    }

    @Override
    public CounterKind kind() {
        return CounterKind.MEMCACHED;
    }

    @Override
    public StockCounter newCounter() {
        return new MemcachedStockCounter(vertx, sale -> memcached, Stores.counters(), new SimpleMeterRegistry());
    }

    @Override
    public Optional<String> stored(SaleId sale) {
        return await(memcached.get(MemcachedKeys.counter(sale)));
    }

    @Override
    public void store(SaleId sale, String value) {
        String key = MemcachedKeys.counter(sale);
        await(value == null ? memcached.delete(key) : memcached.set(key, value, Duration.ZERO));
    }

    @Test
    void claimsForTheFirstOrderOfABuyerOnly() {
        // Given
        var orders = new Orders(CounterKind.MEMCACHED, 3);
        SaleId sale = Orders.newSale();
        StockCounter counter = newCounter();
        await(counter.install(sale, new CounterValue(1, 10)));
        OrderPlaced first = orders.by("a");
        await(counter.decide(sale, List.of(first)));

        // When
        CounterDecisions second = await(counter.decide(sale, List.of(orders.by("a"))));

        // Then
        assertThat(second.all()).extracting(CounterDecision::outcome).containsExactly(GRANTED_UNCOUNTED);
        assertThat(await(memcached.get(MemcachedKeys.claim(sale, "a"))))
                .contains(first.orderId().toString());
    }
}
