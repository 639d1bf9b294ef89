package dev.doorbuster.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.Futures;
import dev.doorbuster.counter.Orders;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stores or broker fail during a sale; the service keeps its orders and continues. */
class StockServiceFaultsIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.RABBITMQ, ServerKind.REDIS, ServerKind.MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int STOCK = 500;

    private final Vertx vertx = Vertx.vertx();
    /** Kept, because Vert.x closes a client that is garbage-collected. */
    private final HttpClient client = vertx.createHttpClient();

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SaleId sale = Orders.newSale();
    private final Orders orders = new Orders(CounterKind.REDIS, 1);
    private Surroundings around;
    private StockService service;

    @BeforeEach
    void start() {
        around = Surroundings.start(vertx, SERVERS);
        service = newService();
        around.count(sale, new SaleCounted(1, STOCK, CounterKind.REDIS));
    }

    @AfterEach
    void stop() {
        Futures.await(service.stop());
        around.stop();
        Futures.await(vertx.close());
    }

    private StockService newService() {
        return Futures.await(
                StockService.start(vertx, metrics, StockConfig.fromEnv(StockServiceIT.variables(SERVERS))));
    }

    private int readiness() {
        return Futures.await(client.request(HttpMethod.GET, service.managementPort(), "127.0.0.1", "/health/ready")
                .compose(request -> request.send())
                .map(response -> response.statusCode()));
    }

    private Set<UUID> granted() {
        return around.atLedger(sale, OrderGranted.class).stream()
                .map(OrderGranted::orderId)
                .collect(Collectors.toSet());
    }

    @Test
    void keepsOrdersWhileRedisIsDownAndDecidesThemAfterwards() {
        // Given
        Futures.await(around.enter(sale, orders.crowd("before", 100)));
        await().atMost(SOON).until(() -> granted().size() == 100);
        SERVERS.redis().stop();

        // When
        Futures.await(around.enter(sale, orders.crowd("after", 1000)));

        // Then
        await().atMost(SOON).until(() -> readiness() == 503);
        assertThat(granted()).hasSize(100);
        SERVERS.redis().restart();
        await().atMost(SOON).until(() -> granted().size() == STOCK);
        await().atMost(SOON)
                .until(() -> around.atEdge(sale, OrderAnswered.class).size() == 600);
        await().atMost(SOON).until(() -> readiness() == 200);
    }

    @Test
    void requestsARecountWhenRedisWasFlushed() {
        // Given
        Futures.await(around.enter(sale, orders.crowd("before", 100)));
        await().atMost(SOON).until(() -> granted().size() == 100);
        around.recountOf(sale, new SaleCounted(2, STOCK - 100, CounterKind.REDIS));

        // When
        SERVERS.redis().wipe();
        Futures.await(around.enter(sale, orders.crowd("after", 1000)));

        // Then
        await().atMost(SOON)
                .until(() -> around.atEdge(sale, OrderAnswered.class).size() == 600
                        && granted().size() >= STOCK);
        assertThat(granted()).hasSize(STOCK);
    }

    @Test
    void decidesRedisSalesWhileMemcachedIsDown() {
        // Given
        SERVERS.memcached().kill();

        // When
        Futures.await(around.enter(sale, orders.crowd("buyer", 1000)));

        // Then
        await().atMost(SOON)
                .until(() -> around.atEdge(sale, OrderAnswered.class).size() == STOCK
                        && granted().size() >= STOCK);
        assertThat(granted()).hasSize(STOCK);
        SERVERS.memcached().restart();
        await().atMost(SOON).until(() -> readiness() == 200);
    }

    @Test
    void losesNoOrderWhenTheBrokerIsKilledDuringASale() {
        // Given
        List<OrderPlaced> crowd = orders.crowd("buyer", 5000);
        Future<Void> entering = around.enter(sale, crowd);
        Futures.await(entering);

        // When
        SERVERS.rabbitmq().kill();
        SERVERS.rabbitmq().restart();

        // Then
        await().atMost(SOON).until(() -> granted().size() >= STOCK);
        Set<UUID> early = crowd.stream().map(OrderPlaced::orderId).collect(Collectors.toSet());
        await().atMost(SOON).until(() -> {
            // Answers sent before the edge is connected may be lost: a later order is answered.
            Futures.await(publishUntilConfirmed(orders.crowd("late", 1)));
            return around.atEdge(sale, OrderAnswered.class).stream()
                    .anyMatch(answer -> !early.contains(answer.orderId()));
        });
        assertThat(granted()).hasSize(STOCK);
    }

    /**
     * A message that cannot be acknowledged will be decided again by another consumer, which may not know the first outcome.
     */
    @Test
    void answersNoRefusalWhileTheBrokerIsUnresponsive() {
        // Given
        around.count(sale, new SaleCounted(2, 0, CounterKind.REDIS));
        awaitCounter("2:0");
        OrderPlaced refused = orders.by("a");
        MemcachedStore answers = Futures.await(MemcachedStore.start(
                vertx, MemcachedConfig.fromEnv(new Environment(StockServiceIT.variables(SERVERS)))));
        SERVERS.redis().pause();
        Futures.await(around.enter(sale, List.of(refused)));
        await().atMost(SOON).until(() -> readiness() == 503);

        // When
        SERVERS.rabbitmq().pause();
        SERVERS.redis().resume();

        // Then
        try {
            await().atMost(SOON).until(() -> refusals() > 0);
            await().during(Duration.ofSeconds(2))
                    .atMost(SOON)
                    .until(() -> Futures.await(answers.get(MemcachedKeys.answer(refused.orderId())))
                            .isEmpty());
        } finally {
            SERVERS.rabbitmq().resume();
        }
        await().atMost(SOON)
                .until(() -> Futures.await(answers.get(MemcachedKeys.answer(refused.orderId())))
                        .isPresent());
        Futures.await(answers.close());
    }

    private void awaitCounter(String value) {
        var redis = new RedisStore(vertx, RedisConfig.fromEnv(new Environment(StockServiceIT.variables(SERVERS))));
        Request get = Request.cmd(Command.GET).arg(RedisKeys.counter(sale));
        await().atMost(SOON).until(() -> value.equals(String.valueOf(Futures.await(redis.send(get)))));
        Futures.await(redis.close());
    }

    private double refusals() {
        return metrics.get("doorbuster.stock.refusals").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Publishes until confirmed, as an edge does. */
    private Future<Void> publishUntilConfirmed(List<OrderPlaced> placed) {
        return around.enter(sale, placed)
                .recover(cause -> vertx.timer(100).compose(waited -> publishUntilConfirmed(placed)));
    }

    @Test
    void handsOverToAnotherInstanceWithoutCountingTwice() {
        // Given
        StockService other = newService();
        List<OrderPlaced> crowd = orders.crowd("buyer", 5000);
        Futures.await(around.enter(sale, crowd.subList(0, 2500)));

        // When
        Futures.await(service.stop());
        Futures.await(around.enter(sale, crowd.subList(2500, 5000)));

        // Then
        await().atMost(SOON).until(() -> granted().size() >= STOCK);
        await().atMost(SOON)
                .until(() -> around.atEdge(sale, OrderAnswered.class).stream()
                        .anyMatch(answer ->
                                answer.orderId().equals(crowd.get(4999).orderId())));
        assertThat(granted()).hasSize(STOCK);
        service = other;
    }
}
