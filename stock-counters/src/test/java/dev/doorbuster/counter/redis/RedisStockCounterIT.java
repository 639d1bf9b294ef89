package dev.doorbuster.counter.redis;

import static dev.doorbuster.counter.CounterOutcome.GRANTED_COUNTED;
import static dev.doorbuster.counter.CounterOutcome.GRANTED_UNCOUNTED;
import static dev.doorbuster.counter.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.RedisKeys;
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
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisStockCounterIT extends StockCounterContract {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.of(ServerKind.REDIS);

    private static Vertx vertx;
    private static RedisStore redis;

    private final Orders orders = new Orders(CounterKind.REDIS, 3);

    @BeforeAll
    static void connect() {
        vertx = Vertx.vertx();
        redis = new RedisStore(vertx, Stores.redis(SERVERS.redis().port()).withCallMax(Duration.ofSeconds(30)));
    }

    @AfterAll
    static void disconnect() {
        await(redis.close());
        await(vertx.close());
    }

    @Override
    public CounterKind kind() {
        return CounterKind.REDIS;
    }

    @Override
    public StockCounter newCounter() {
        return new RedisStockCounter(vertx, redis, Stores.counters(), new SimpleMeterRegistry());
    }

    @Override
    public Optional<String> stored(SaleId sale) {
        return send(Command.GET, RedisKeys.counter(sale)).map(Response::toString);
    }

    @Override
    public void store(SaleId sale, String value) {
        Optional<Response> unused = value == null
                ? send(Command.DEL, RedisKeys.counter(sale))
                : send(Command.SET, RedisKeys.counter(sale), value);
    }

    private static Optional<Response> send(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return Optional.ofNullable(await(redis.send(request)));
    }

    @Test
    void sumsUpTheReservationsOfABuyer() {
        // Given
        SaleId sale = Orders.newSale();
        StockCounter counter = newCounter();
        await(counter.install(sale, new CounterValue(1, 10)));

        // When
        CounterDecisions counterDecisions =
                await(counter.decide(sale, List.of(orders.by("a", 2), orders.by("a"), orders.by("a"))));

        // Then
        assertThat(counterDecisions.all())
                .extracting(CounterDecision::outcome)
                .containsExactly(GRANTED_COUNTED, GRANTED_COUNTED, GRANTED_UNCOUNTED);
        assertThat(send(Command.HGET, RedisKeys.buyers(sale), "a").map(Response::toString))
                .contains("3");
    }

    @Test
    void releasesTheReservedQuantityAndLeavesATombstone() {
        // Given
        SaleId sale = Orders.newSale();
        StockCounter counter = newCounter();
        await(counter.install(sale, new CounterValue(1, 10)));
        OrderPlaced two = orders.by("a", 2);
        OrderPlaced one = orders.by("a");
        await(counter.decide(sale, List.of(two, one)));

        // When
        await(counter.release(sale, List.of(orders.released(two), orders.released(one))));

        // Then
        assertThat(send(Command.HGET, RedisKeys.buyers(sale), "a").map(Response::toString))
                .contains("0");
        assertThat(send(
                                Command.HGET,
                                RedisKeys.reservations(sale),
                                two.orderId().toString())
                        .map(Response::toString))
                .contains("0");
        assertThat(await(counter.decide(sale, List.of(orders.again(two)))).all())
                .extracting(CounterDecision::outcome)
                .containsExactly(GRANTED_UNCOUNTED);
    }

    @Test
    void doesNotCountAnOrderThatWasReleasedBeforeItArrived() {
        // Given
        SaleId sale = Orders.newSale();
        StockCounter counter = newCounter();
        await(counter.install(sale, new CounterValue(1, 10)));
        OrderPlaced late = orders.by("a");
        await(counter.release(sale, List.of(orders.released(late))));

        // When
        CounterDecisions counterDecisions = await(counter.decide(sale, List.of(late)));

        // Then
        assertThat(counterDecisions.counted()).isEmpty();
        assertThat(stored(sale)).contains("1:10");
    }

    @Test
    void expiresOutcomesAndReservations() {
        // Given
        SaleId sale = Orders.newSale();
        StockCounter counter = newCounter();
        await(counter.install(sale, new CounterValue(1, 10)));
        OrderPlaced placed = orders.by("a");

        // When
        await(counter.decide(sale, List.of(placed)));

        // Then
        for (String key : List.of(
                RedisKeys.reservations(sale), RedisKeys.buyers(sale), RedisKeys.outcomes(sale, placed.receivedAt()))) {
            assertThat(send(Command.PTTL, key).orElseThrow().toLong()).isPositive();
        }
        assertThat(send(Command.PTTL, RedisKeys.counter(sale)).orElseThrow().toLong())
                .isEqualTo(-1);
    }
}
