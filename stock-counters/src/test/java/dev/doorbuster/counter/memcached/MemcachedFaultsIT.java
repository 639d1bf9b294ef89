package dev.doorbuster.counter.memcached;

import static dev.doorbuster.counter.Futures.await;
import static dev.doorbuster.counter.Futures.awaitFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.Orders;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.counter.StockCounter.MissingCounterException;
import dev.doorbuster.counter.Stores;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.NetworkFault;
import dev.doorbuster.devservices.net.TcpProxy;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Memcached and its connection fail; the counter may become too low, never too high. */
class MemcachedFaultsIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.MEMCACHED);

    private static final int STOCK = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final Orders orders = new Orders(CounterKind.MEMCACHED, 1);
    private final SaleId sale = Orders.newSale();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TcpProxy proxy;
    private MemcachedStore direct;
    private MemcachedStore lossy;
    private StockCounter counter;

    @BeforeEach
    void connect() {
        proxy = TcpProxy.to(SERVERS.memcached().port());
        direct = await(
                MemcachedStore.start(vertx, Stores.memcached(SERVERS.memcached().port())));
        lossy = await(MemcachedStore.start(vertx, Stores.memcached(proxy.port())));
        counter = new MemcachedStockCounter(vertx, sale -> lossy, Stores.counters(), registry);
        await(counter.install(sale, new CounterValue(1, STOCK)));
    }

    @AfterEach
    void close() {
        await(Future.join(lossy.close(), direct.close()));
        proxy.close();
        await(vertx.close());
    }

    private long available() {
        return CounterValue.parse(await(direct.get(MemcachedKeys.counter(sale))).orElseThrow())
                .orElseThrow()
                .available();
    }

    /** Retries until success, as the consumer does. */
    private Future<CounterDecisions> decideUntilSuccess(List<OrderPlaced> batch) {
        return counter.decide(sale, batch)
                .recover(cause -> cause instanceof StoreUnavailableException
                        ? vertx.timer(20).compose(waited -> decideUntilSuccess(batch))
                        : Future.failedFuture(cause));
    }

    @Test
    void errsLowWhenTheReplyToACasIsLost() {
        // Given
        List<OrderPlaced> crowd = orders.crowd("a", 20);
        proxy.disturb(new NetworkFault.LostReply("cas "));

        // When
        Future<CounterDecisions> lost = counter.decide(sale, crowd);
        awaitFailure(StoreUnavailableException.class, lost);
        CounterDecisions again = await(decideUntilSuccess(crowd));

        // Then
        assertThat(again.counted()).isEqualTo(crowd);
        assertThat(available()).isEqualTo(STOCK - 40);
    }

    @Test
    void keepsACountedDecisionThatCannotBeRecorded() {
        // Given
        List<OrderPlaced> crowd = orders.crowd("a", 20);
        proxy.disturb(new NetworkFault.LostReply("noreply"));

        // When
        CounterDecisions counterDecisions = await(counter.decide(sale, crowd));

        // Then
        assertThat(counterDecisions.counted()).isEqualTo(crowd);
        assertThat(available()).isEqualTo(STOCK - 20);
        assertThat(registry.get("doorbuster.stock.unrecorded.decisions")
                        .counter()
                        .count())
                .isEqualTo(20);
    }

    @Test
    void countsNothingWhenTheReplyToTheReadIsLost() {
        // Given
        List<OrderPlaced> crowd = orders.crowd("a", 20);
        proxy.disturb(new NetworkFault.LostReply("gets "));

        // When
        Future<CounterDecisions> lost = counter.decide(sale, crowd);
        awaitFailure(StoreUnavailableException.class, lost);
        CounterDecisions again = await(decideUntilSuccess(crowd));

        // Then
        assertThat(again.counted()).isEqualTo(crowd);
        assertThat(available()).isEqualTo(STOCK - 20);
    }

    @Test
    void timesOutWhenTheServerIsUnresponsiveAndContinuesAfterwards() {
        // Given
        List<OrderPlaced> crowd = orders.crowd("a", 20);

        // When
        SERVERS.memcached().pause();
        Future<CounterDecisions> silent = counter.decide(sale, crowd);
        awaitFailure(StoreUnavailableException.class, silent);
        SERVERS.memcached().resume();
        CounterDecisions counterDecisions = await(decideUntilSuccess(crowd));

        // Then
        assertThat(counterDecisions.counted()).isEqualTo(crowd);
        assertThat(available()).isLessThanOrEqualTo(STOCK - 20);
    }

    @Test
    void findsNoCounterWhenTheServerReturnedEmpty() {
        // Given
        List<OrderPlaced> crowd = orders.crowd("a", 20);
        SERVERS.memcached().kill();
        awaitFailure(StoreUnavailableException.class, counter.decide(sale, crowd));

        // When
        SERVERS.memcached().restart();

        // Then
        awaitFailure(MissingCounterException.class, decideUntilSuccess(crowd));
    }
}
