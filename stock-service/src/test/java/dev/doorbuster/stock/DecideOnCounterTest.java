package dev.doorbuster.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.Futures;
import dev.doorbuster.counter.Orders;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import dev.doorbuster.stock.StockConfig.DeciderConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecideOnCounterTest {
    private final Vertx vertx = Vertx.vertx();
    private final SaleId sale = Orders.newSale();
    private final FakePublisher publisher = new FakePublisher();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<OrderPlaced> placed = new Orders(CounterKind.REDIS, 1).crowd("a", 3);
    private final SaleBatch.Orders orders = new SaleBatch.Orders(CounterKind.REDIS, placed, Set.of());

    @AfterEach
    void close() {
        Futures.await(vertx.close());
    }

    private DecideOnCounter onCounter(StockCounter counter, String intervalMs, String maxMs) {
        var config = Overrides.in(
                DeciderConfig.defaults(), "recountInterval", intervalMs, "missingPoll", "2", "missingMax", maxMs);
        return new DecideOnCounter(
                vertx, Map.of(CounterKind.REDIS, counter), publisher, config, new StockMetrics(registry));
    }

    private static FakeCounter missing(int times) {
        var counter = new FakeCounter();
        counter.missing = times;
        return counter;
    }

    @Test
    void requestsARecountOnceAndDecidesWhenTheCounterIsInstalled() {
        // Given
        var counter = missing(5);

        // When
        CounterDecisions counterDecisions =
                Futures.await(onCounter(counter, "60000", "60000").decide(sale, orders));

        // Then
        assertThat(counterDecisions.counted()).isEqualTo(placed);
        assertThat(publisher.published(SaleRecount.class)).containsExactly(new SaleRecount(SaleRecount.Cause.MISSING));
        assertThat(publisher.published.get(0).route()).isEqualTo(Route.command(MessageType.SALE_RECOUNT, sale));
        assertThat(registry.get("doorbuster.stock.recount.requests").counter().count())
                .isEqualTo(1);
    }

    @Test
    void requestsAgainAtEachInterval() {
        // Given
        var counter = missing(100);

        // When
        CounterDecisions counterDecisions =
                Futures.await(onCounter(counter, "10", "60000").decide(sale, orders));

        // Then
        assertThat(counterDecisions.counted()).isEqualTo(placed);
        assertThat(publisher.published(SaleRecount.class)).hasSizeGreaterThan(1);
    }

    @Test
    void endsAnAttemptAfterALimitSoThatTheWaitIsReported() {
        // Given
        var counter = missing(Integer.MAX_VALUE);

        // When
        Future<CounterDecisions> counterDecisions =
                onCounter(counter, "1000", "30").decide(sale, orders);

        // Then
        Futures.awaitFailure(StoreUnavailableException.class, counterDecisions);
    }

    @Test
    void doesNotWaitOnOtherFailures() {
        // Given
        var counter = new FakeCounter();
        counter.before = Future.failedFuture(new StoreUnavailableException("away"));

        // When
        Future<CounterDecisions> counterDecisions =
                onCounter(counter, "60000", "60000").decide(sale, orders);

        // Then
        Futures.awaitFailure(StoreUnavailableException.class, counterDecisions);
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void keepsWaitingIfTheRecountRequestIsNotConfirmed() {
        // Given
        var counter = missing(5);
        publisher.confirm = message -> Future.failedFuture("nack");

        // When
        CounterDecisions counterDecisions =
                Futures.await(onCounter(counter, "60000", "60000").decide(sale, orders));

        // Then
        assertThat(counterDecisions.counted()).isEqualTo(placed);
    }
}
