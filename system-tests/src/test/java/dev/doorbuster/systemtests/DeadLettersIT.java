package dev.doorbuster.systemtests;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.systemtests.TestOrders.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.systemtests.SmallSystem.Answer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A message that cannot be handled, from its batch to the verification of its sale. */
class DeadLettersIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern ID =
            Pattern.compile("^([0-9a-f-]{36})  order\\.granted\\.v1 .* refused ", Pattern.MULTILINE);
    private static final Vertx VERTX = Vertx.vertx();
    private static SmallSystem system;
    private static BrokerConfig broker;
    private static Command command;

    @BeforeAll
    static void start() throws Exception {
        system = new SmallSystem(VERTX, servers, "deadLetterRetry.interval", "500", "deadLetterRetry.pause", "0");
        broker = BrokerConfig.fromEnv(system.environment());
        command = new Command("dead-letters");
    }

    @AfterAll
    static void stop() {
        system.close();
        SmallSystem.await(VERTX.close());
    }

    @BeforeEach
    void startDecider() {
        system.stopStockService();
        system.startStockService();
    }

    @Test
    void aPoisonElementLeavesItsBatchAndItsSaleIsProvedOnceItIsDiscarded() throws Exception {
        // Given
        SaleId sale = system.create(CounterKind.REDIS);
        OrderPlaced poison = placed("ann\0ie");
        List<OrderPlaced> batch =
                List.of(placed("alice"), placed("bob"), poison, placed("carol"), placed("dave"), placed("erin"));

        // When
        SmallSystem.await(system.publisher().publish(Route.entrance(sale), Message.of(sale, batch)));

        // Then: the other orders are decided, and verification is pending
        await().atMost(SOON).untilAsserted(() -> assertThat(held(sale)).isEqualTo(batch.size() - 1));
        await().atMost(SOON).until(() -> !deadLetters().isEmpty());
        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PENDING");
        String list = run("list").output();
        assertThat(list)
                .contains(sale.value(), DoorbusterTopology.ledger(sale.partition()), "1 dead letter: 1 refused");
        String id = deadLetters().get(0);
        assertThat(run("show", id).output())
                .contains("invalid byte sequence", poison.orderId().toString())
                .doesNotContain(batch.get(0).orderId().toString());

        // When, Then: replayed, it is refused again
        assertThat(run("replay", id).status()).isZero();
        await().atMost(SOON)
                .until(() -> !deadLetters().isEmpty() && !deadLetters().contains(id));
        assertThat(deadLetters()).hasSize(1);

        // When, Then: once discarded, the sale passes verification
        Command.Ended discard = run("discard", "--all", "--yes");
        assertThat(discard.status()).as(discard.output()).isZero();
        assertThat(discard.output()).contains("discarded", "PENDING");
        awaitPass(sale);
        assertThat(held(sale)).isEqualTo(batch.size() - 1);
    }

    @Test
    void anOrderWithTooManyDeliveryFailuresIsDecidedAfterAReplay() throws Exception {
        // Given
        system.stopStockService();
        SaleId sale = system.create(CounterKind.REDIS);
        await().atMost(SOON).until(() -> system.state(sale).equals("OPEN"));
        Answer accepted = system.order(sale, "alice", 1);
        assertThat(accepted.status()).isEqualTo(202);
        deliverUntilGivenUp(DoorbusterTopology.orders(sale.partition()));

        // When
        system.startStockService();

        // Then
        await().atMost(SOON)
                .until(() ->
                        system.status("alice", accepted.json().getString("id")).equals("RESERVED"));
        assertThat(system.metrics
                        .counter("doorbuster.messages.second_chance", "outcome", "sent_back")
                        .count())
                .isEqualTo(1);
        awaitPass(sale);
    }

    /**
     * Refuses every delivery at once. A reject counts as a delivery failure, as a consumer's crash does; a nack does
     * not, since RabbitMQ 4.3.
     */
    private static void deliverUntilGivenUp(String queue) throws Exception {
        var deaths = new CountDownLatch(DoorbusterTopology.DELIVERY_LIMIT + 1);
        system.onChannel(channel -> {
            String unused = channel.basicConsume(
                    queue,
                    false,
                    (tag, delivery) -> {
                        channel.basicReject(delivery.getEnvelope().getDeliveryTag(), true);
                        deaths.countDown();
                    },
                    tag -> {});
            assertThat(deaths.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        });
    }

    private static long held(SaleId sale) {
        return system.rows("SELECT 1 FROM orders WHERE sale_id = $1 AND status = 'RESERVED'", sale.value())
                .size();
    }

    private static List<String> deadLetters() throws Exception {
        return ID.matcher(run("list").output())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Command.Ended run(String... arguments) throws Exception {
        String uri = "amqp://" + broker.nodes().get(0) + "/" + broker.virtualHost();
        return command.run(Stream.of(
                        Stream.of("dead-letters"),
                        Stream.of(arguments),
                        Stream.of("--broker", uri, "--user", broker.user(), "--password", broker.password()))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private static void awaitPass(SaleId sale) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PASS"));
    }
}
