package dev.doorbuster.systemtests;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.systemtests.SmallSystem.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that loses orders which it has confirmed. */
class LostOrdersIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Vertx VERTX = Vertx.vertx();
    private static SmallSystem system;

    @BeforeAll
    static void start() {
        system = new SmallSystem(VERTX, servers, "edge.verification.driftMax", "300");
    }

    @AfterAll
    static void stop() {
        system.close();
        SmallSystem.await(VERTX.close());
    }

    @ParameterizedTest
    @EnumSource
    void ordersOfAPurgedQueueAreNamedAndDecidedInTheEnd(CounterKind counter) throws Exception {
        // Given
        SaleId sale = openWithoutDecider(counter);
        List<String> orders = accepted(sale, "alice", "bob", "carol");

        // When
        system.onChannel(channel ->
                assertThat(channel.queuePurge(queue(sale)).getMessageCount()).isPositive());
        system.startStockService();

        // Then
        JsonObject found = system.verify(sale);
        assertThat(found.getString("verdict")).isNotEqualTo("PASS");
        assertThat(found.getJsonArray("missingOrders").stream()).containsExactlyInAnyOrderElementsOf(orders);
        awaitPass(sale);
        assertThat(List.of(
                        system.status("alice", orders.get(0)),
                        system.status("bob", orders.get(1)),
                        system.status("carol", orders.get(2))))
                .containsOnly("RESERVED");
        assertThat(system.verify(sale).getInteger("sold")).isEqualTo(3);
    }

    @Test
    void aMessageRemovedFromTheMiddleIsNamed() throws Exception {
        // Given
        SaleId sale = openWithoutDecider(CounterKind.REDIS);
        List<String> orders = accepted(sale, "alice", "bob", "carol");

        // When
        removeSecond(queue(sale));
        system.startStockService();

        // Then
        JsonObject found = system.verify(sale);
        assertThat(found.getString("verdict")).isNotEqualTo("PASS");
        assertThat(found.getJsonArray("missingOrders")).isEqualTo(new JsonArray().add(orders.get(1)));
        awaitPass(sale);
        assertThat(system.status("bob", orders.get(1))).isEqualTo("RESERVED");
    }

    @Test
    void anOrderThatNoEdgeKnowsAnyMoreFailsTheVerification() throws Exception {
        // Given
        SaleId sale = openWithoutDecider(CounterKind.MEMCACHED);
        List<String> orders = accepted(sale, "alice");
        system.onChannel(channel ->
                assertThat(channel.queuePurge(queue(sale)).getMessageCount()).isPositive());

        // When
        system.startOrderService();
        system.stopOrderService();
        system.startStockService();

        // Then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(system.verify(sale).getString("verdict")).isEqualTo("FAIL"));
        JsonObject found = system.verify(sale);
        assertThat(found.getJsonArray("missingOrders")).isEqualTo(new JsonArray().add(orders.get(0)));
        assertThat(found.getInteger("missing")).isEqualTo(1);

        // When, Then: the buyer asks again with the key
        assertThat(system.order(sale, "alice", 1, "Idempotency-Key", "key-alice", "Prefer", "wait=20")
                        .status())
                .isEqualTo(201);
        awaitPass(sale);
    }

    @ParameterizedTest
    @EnumSource
    void ordersOfABrokerThatLostAllItsDataAreNamed(CounterKind counter) throws Exception {
        // Given
        SaleId sale = openWithoutDecider(counter);
        List<String> orders = accepted(sale, "alice", "bob", "carol");

        // When
        servers.rabbitmq().loseData();
        servers.rabbitmq().createVirtualHost(system.variables().get("DOORBUSTER_RABBITMQ_VHOST"));
        await().atMost(SOON)
                .until(() -> system.order(sale, "dave", 1, "Idempotency-Key", "key-dave")
                                .status()
                        == 202);
        system.startOrderService();
        system.stopOrderService();
        system.startStockService();

        // Then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(system.verify(sale).getString("verdict")).isEqualTo("FAIL"));
        assertThat(system.verify(sale).getJsonArray("missingOrders").stream())
                .containsExactlyInAnyOrderElementsOf(orders);

        // When, Then: the buyers ask again with their keys
        for (String buyer : List.of("alice", "bob", "carol")) {
            assertThat(system.order(sale, buyer, 1, "Idempotency-Key", "key-" + buyer, "Prefer", "wait=20")
                            .status())
                    .isEqualTo(201);
        }
        awaitPass(sale);
        assertThat(system.verify(sale).getInteger("sold")).isEqualTo(4);
    }

    private static SaleId openWithoutDecider(CounterKind counter) {
        system.stopStockService();
        SaleId sale = system.create(counter);
        await().atMost(SOON).until(() -> system.state(sale).equals("OPEN"));
        return sale;
    }

    /** Orders in a message each, confirmed by the broker. */
    private static List<String> accepted(SaleId sale, String... buyers) {
        var orders = new ArrayList<String>();
        for (String buyer : buyers) {
            Answer answer = system.order(sale, buyer, 1, "Idempotency-Key", "key-" + buyer);
            assertThat(answer.status()).isEqualTo(202);
            orders.add(answer.json().getString("id"));
        }
        return orders;
    }

    private static String queue(SaleId sale) {
        return DoorbusterTopology.orders(sale.partition());
    }

    /** Takes all messages, acknowledges the second, and returns the others. */
    private static void removeSecond(String queue) throws Exception {
        system.onChannel(channel -> {
            var taken = new LinkedBlockingQueue<Long>();
            String unused = channel.basicConsume(
                    queue,
                    false,
                    (tag, delivery) -> taken.add(delivery.getEnvelope().getDeliveryTag()),
                    tag -> {});
            assertThat(taken.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isNotNull();
            channel.basicAck(taken.poll(SOON.toSeconds(), TimeUnit.SECONDS), false);
        });
    }

    private static void awaitPass(SaleId sale) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PASS"));
    }
}
