package dev.doorbuster.runtime.amqp.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.BrokerConfigs;
import dev.doorbuster.runtime.amqp.BrokerConnection;
import dev.doorbuster.runtime.amqp.deadletter.DeadLetterRetry.DeadLetterRetryConfig;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.amqp.publish.OutgoingMessage;
import dev.doorbuster.runtime.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages dead-lettered by a real broker. */
class DeadLetterRetryIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(ServerKind.RABBITMQ);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECOND_CHANCES = DoorbusterTopology.DEAD_LETTER_RETRY_QUEUE;
    private static final String DEAD = DoorbusterTopology.DEAD_LETTERS_QUEUE;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SaleId sale = SaleId.random(new Random());
    private final String ledger = DoorbusterTopology.ledger(sale.partition());
    private final Message message = Message.of(sale, new OrderHoldOver(UUID.randomUUID()));
    private BrokerConfig broker;
    private AmqpPublisher publisher;
    private BrokerConnection client;

    @BeforeEach
    void connect() throws Exception {
        var server = servers.rabbitmq();
        broker = BrokerConfigs.local(
                server.port(), server.user().user(), server.user().password());
        publisher = get(AmqpPublisher.start(
                vertx, broker, "test", DoorbusterTopology.durable(), new Health(), new SimpleMeterRegistry()));
        client = new BrokerConnection(vertx, broker, "test");
        get(client.open(() -> {}));
    }

    @AfterEach
    void close() throws Exception {
        for (String queue : new String[] {SECOND_CHANCES, DEAD, ledger}) {
            var unused = get(client.request(channel -> channel.queueDelete(queue)));
        }
        get(client.close());
        get(publisher.stop());
        get(vertx.close());
    }

    @Test
    void aMessageIsReplayedOnceAndThenDeadLetteredFinally() throws Exception {
        // Given
        get(publisher.publish(Route.command(message), message));
        Connection poisoned = deliverUntilGivenUp();
        await().atMost(SOON).until(() -> count(SECOND_CHANCES) == 1);

        // When
        get(round(Duration.ZERO));

        // Then: it is delivered again, and dead-lettered again
        await().atMost(SOON).until(() -> count(SECOND_CHANCES) == 1);
        assertThat(outcomes("sent_back")).isEqualTo(1);
        assertThat(count(DEAD)).isZero();
        get(round(Duration.ofDays(1))); // after the second time there is no pause
        assertThat(count(SECOND_CHANCES)).isZero();
        assertThat(outcomes("sent_back")).isEqualTo(1);
        assertThat(outcomes("given_up")).isEqualTo(1);
        GetResponse dead = dead();
        assertThat(dead.getBody()).isEqualTo(MessageCodec.encode(message));
        assertThat(dead.getProps().getMessageId()).isEqualTo(message.id().toString());
        DeadLetter deadLetter = read(dead);
        assertThat(deadLetter.cause()).isEqualTo(DeadLetter.Cause.DELIVERY_LIMIT);
        assertThat(deadLetter.queue()).isEqualTo(ledger);
        assertThat(deadLetter.replays()).isEqualTo(1);
        poisoned.close();
    }

    @Test
    void aReplayedMessageIsHandledIfItsConsumerWorksAgain() throws Exception {
        // Given
        get(publisher.publish(Route.command(message), message));
        Connection poisoned = deliverUntilGivenUp();
        await().atMost(SOON).until(() -> count(SECOND_CHANCES) == 1);
        poisoned.close();

        // When
        get(round(Duration.ZERO));

        // Then
        BlockingQueue<Delivery> handled = new LinkedBlockingQueue<>();
        String unused = get(client.consume(ledger, 1, (tag, delivery) -> handled.add(delivery), tag -> {}));
        Delivery again = handled.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(again).isNotNull();
        assertThat(again.getProperties().getType()).isEqualTo(MessageType.ORDER_HOLD_OVER.wireName());
        assertThat(again.getBody()).isEqualTo(MessageCodec.encode(message));
        assertThat(again.getProperties().getHeaders()).containsEntry(DeadLetter.REPLAYS, 1L);
        assertThat(count(SECOND_CHANCES)).isZero();
    }

    @Test
    void aMessageWaitsBeforeItIsReplayed() throws Exception {
        // Given
        get(publisher.publish(Route.command(message), message));
        Connection poisoned = deliverUntilGivenUp();
        await().atMost(SOON).until(() -> count(SECOND_CHANCES) == 1);

        // When
        get(round(Duration.ofHours(1)));

        // Then
        await().atMost(SOON).until(() -> count(SECOND_CHANCES) == 1);
        assertThat(outcomes("sent_back")).isZero();
        poisoned.close();
    }

    @Test
    void anUndecodableMessageIsNotReplayed() throws Exception {
        // Given
        var origin = Route.command(MessageType.ORDER_HOLD_OVER, sale);
        var deadLetter =
                new DeadLetter(ledger, DeadLetter.Cause.DELIVERY_LIMIT, "too often", origin, Instant.now(), 51, 0);
        var given = new Route(DoorbusterTopology.DEAD_LETTERS, ledger);
        get(publisher.publish(new OutgoingMessage(
                given,
                MessageType.ORDER_HOLD_OVER.wireName(),
                "unreadable",
                Instant.now(),
                deadLetter.headers(),
                new byte[] {1, 2, 3})));

        // When
        get(round(Duration.ZERO));

        // Then
        assertThat(outcomes("given_up")).isEqualTo(1);
        assertThat(dead().getBody()).containsExactly(1, 2, 3);
    }

    private Future<Void> round(Duration pause) {
        return new DeadLetterRetry(
                        vertx, broker, new DeadLetterRetryConfig(Duration.ofHours(1), pause, 10), publisher, metrics)
                .round();
    }

    /**
     * Rejects every delivery at once. A reject raises the delivery count as a consumer's death does; a nack does not, since
     * RabbitMQ 4.3.
     */
    private Connection deliverUntilGivenUp() throws Exception {
        Connection connection = broker.connectionFactory().newConnection(broker.addresses());
        Channel channel = connection.createChannel();
        String unused = channel.basicConsume(
                ledger,
                false,
                (tag, delivery) -> channel.basicReject(delivery.getEnvelope().getDeliveryTag(), true),
                tag -> {});
        return connection;
    }

    private GetResponse dead() throws Exception {
        return get(client.request(channel -> channel.basicGet(DEAD, true)));
    }

    private long count(String queue) throws Exception {
        return get(client.request(channel -> channel.messageCount(queue)));
    }

    private double outcomes(String outcome) {
        var counter = metrics.find("doorbuster.messages.second_chance")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static DeadLetter read(GetResponse message) {
        var met = new Route(
                message.getEnvelope().getExchange(), message.getEnvelope().getRoutingKey());
        return DeadLetter.read(met, message.getProps().getHeaders());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
