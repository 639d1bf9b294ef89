package dev.doorbuster.counter.redis;

import static dev.doorbuster.counter.CounterOutcome.GRANTED_UNCOUNTED;
import static dev.doorbuster.counter.Futures.await;
import static dev.doorbuster.counter.Futures.awaitFailure;
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
import dev.doorbuster.counter.StockCounter.MissingCounterException;
import dev.doorbuster.counter.Stores;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.NetworkFault;
import dev.doorbuster.devservices.net.TcpProxy;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis and its connection fail; the count stays exact. */
class RedisFaultsIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.REDIS);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int STOCK = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final Orders orders = new Orders(CounterKind.REDIS, 1);
    private final SaleId sale = Orders.newSale();
    private TcpProxy proxy;
    private RedisStore direct;
    private RedisStore lossy;

    @BeforeEach
    void connect() {
        proxy = TcpProxy.to(SERVERS.redis().port());
        direct = new RedisStore(vertx, Stores.redis(SERVERS.redis().port()));
        lossy = new RedisStore(vertx, Stores.redis(proxy.port()));
        await(counter(direct).install(sale, new CounterValue(1, STOCK)));
    }

    @AfterEach
    void close() {
        await(Future.join(lossy.close(), direct.close()));
        proxy.close();
        await(vertx.close());
    }

    private StockCounter counter(RedisStore store) {
        return new RedisStockCounter(vertx, store, Stores.counters(), new SimpleMeterRegistry());
    }

    private CounterValue value() {
        return CounterValue.parse(read(Request.cmd(Command.GET).arg(RedisKeys.counter(sale)))
                        .toString())
                .orElseThrow();
    }

    private long reservations() {
        return read(Request.cmd(Command.HLEN).arg(RedisKeys.reservations(sale))).toLong();
    }

    /** On a new connection: one of the shared connections may have been killed. */
    private Response read(Request request) {
        return await(direct.line().batch(List.of(request))).get(0);
    }

    @Test
    void countsOnceWhenTheReplyToATransactionIsLost() {
        // Given
        StockCounter counter = counter(lossy);
        List<OrderPlaced> crowd = orders.crowd("a", 20);
        proxy.disturb(new NetworkFault.LostReply("exec"));

        // When
        Future<CounterDecisions> lost = counter.decide(sale, crowd);
        awaitFailure(StoreUnavailableException.class, lost);
        CounterDecisions again = await(counter.decide(sale, crowd));

        // Then
        assertThat(again.all()).extracting(CounterDecision::outcome).containsOnly(GRANTED_UNCOUNTED);
        assertThat(value().available()).isEqualTo(STOCK - 20);
        assertThat(reservations()).isEqualTo(20);
    }

    @Test
    void countsNothingWhenTheReplyToTheReadIsLost() {
        // Given
        StockCounter counter = counter(lossy);
        List<OrderPlaced> crowd = orders.crowd("a", 20);
        proxy.disturb(new NetworkFault.LostReply("watch"));

        // When
        Future<CounterDecisions> lost = counter.decide(sale, crowd);
        awaitFailure(StoreUnavailableException.class, lost);
        CounterDecisions again = await(counter.decide(sale, crowd));

        // Then
        assertThat(again.counted()).isEqualTo(crowd);
        assertThat(value().available()).isEqualTo(STOCK - 20);
    }

    @Test
    void staysExactWhileAllConnectionsAreKilledRepeatedly() {
        // Given
        List<StockCounter> deciders =
                Stream.generate(() -> counter(lossy)).limit(3).toList();
        long killer = vertx.setPeriodic(
                5,
                tick -> direct.send(Request.cmd(Command.CLIENT, "KILL", "TYPE", "normal"))
                        .onComplete(killed -> {}));

        // When
        var crowds = new ArrayList<Future<Void>>();
        for (StockCounter decider : deciders) {
            crowds.add(decideAllUntilSuccess(
                    decider,
                    IntStream.range(0, 60)
                            .mapToObj(i -> orders.crowd("crowd-" + crowds.size() + "-" + i, 20))
                            .toList()));
        }
        await(Future.join(crowds));
        vertx.cancelTimer(killer);

        // Then
        Awaitility.await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            assertThat(reservations()).isEqualTo(3 * 60 * 20);
            assertThat(value().available()).isEqualTo(STOCK - 3 * 60 * 20);
        });
    }

    @Test
    void writesNothingIfTheConnectionIsKilledBetweenReadAndWrite() {
        // Given
        List<OrderPlaced> ours = orders.crowd("ours", 20);
        DedicatedRedisConnection connection = direct.line();
        var key = RedisKeys.counter(sale);
        RedisTransaction transaction = await(RedisTransaction.begin(
                connection, List.of(key), List.of(Request.cmd(Command.GET).arg(key))));
        await(counter(lossy).decide(sale, orders.crowd("theirs", 30)));
        await(direct.send(Request.cmd(Command.CLIENT, "KILL", "TYPE", "normal")));
        Awaitility.await()
                .atMost(SOON)
                .until(() -> await(connection
                        .batch(List.of(Request.cmd(Command.PING)))
                        .map(true)
                        .otherwise(false)));

        // When
        Future<Boolean> late = transaction.write(List.of(Request.cmd(Command.SET, key, "1:" + (STOCK - ours.size()))));
        awaitFailure(StoreUnavailableException.class, late);
        await(decideUntilSuccess(counter(direct), ours));

        // Then
        assertThat(value().available()).isEqualTo(STOCK - 30 - 20);
        assertThat(reservations()).isEqualTo(30 + 20);
    }

    private Future<Void> decideAllUntilSuccess(StockCounter decider, List<List<OrderPlaced>> batches) {
        Future<Void> done = Future.succeededFuture();
        for (List<OrderPlaced> batch : batches) {
            done = done.compose(before -> decideUntilSuccess(decider, batch));
        }
        return done;
    }

    /** Retries until success, as the consumer does. */
    private Future<Void> decideUntilSuccess(StockCounter decider, List<OrderPlaced> batch) {
        return decider.decide(sale, batch)
                .<Void>mapEmpty()
                .recover(cause -> vertx.timer(1).compose(waited -> decideUntilSuccess(decider, batch)));
    }

    @Test
    void timesOutWhenTheServerIsUnresponsiveAndStaysExact() {
        // Given
        StockCounter counter = counter(direct);
        List<OrderPlaced> crowd = orders.crowd("a", 20);
        await(counter.decide(sale, orders.crowd("before", 1)));

        // When
        SERVERS.redis().pause();
        Future<CounterDecisions> silent = counter.decide(sale, crowd);
        awaitFailure(StoreUnavailableException.class, silent);
        SERVERS.redis().resume();
        await(decideUntilSuccess(counter, crowd));

        // Then
        assertThat(value().available()).isEqualTo(STOCK - 21);
        assertThat(reservations()).isEqualTo(21);
    }

    @Test
    void continuesWhenTheServerReturnsWithItsData() {
        // Given
        StockCounter counter = counter(direct);
        List<OrderPlaced> crowd = orders.crowd("a", 20);
        await(counter.decide(sale, orders.crowd("before", 1)));
        SERVERS.redis().stop();
        awaitFailure(StoreUnavailableException.class, counter.decide(sale, crowd));

        // When
        SERVERS.redis().restart();
        await(decideUntilSuccess(counter, crowd));

        // Then
        assertThat(value().available()).isEqualTo(STOCK - 21);
    }

    @Test
    void findsNoCounterWhenTheServerWasFlushed() {
        // Given
        StockCounter counter = counter(direct);
        await(counter.decide(sale, orders.crowd("before", 1)));

        // When
        SERVERS.redis().wipe();

        // Then
        awaitFailure(MissingCounterException.class, counter.decide(sale, orders.crowd("a", 20)));
    }
}
