package dev.doorbuster.runtime.amqp.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.TcpProxy;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.BrokerConfigs;
import dev.doorbuster.runtime.amqp.BrokerConnection;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.start.EventLoop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Consumers on a real broker that die repeatedly with unacknowledged messages. */
class ConsumerDeathsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(ServerKind.RABBITMQ);

    private static final Duration LONG = Duration.ofMinutes(3);

    private final Vertx vertx = Vertx.vertx();
    private final SaleId sale = SaleId.random(new Random());
    private final SaleId other = inAnotherPartition();
    private final Set<UUID> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger deaths = new AtomicInteger();
    private TcpProxy link;
    private BrokerConfig direct;
    private AmqpPublisher publisher;
    private AmqpConsumer consumer;

    @BeforeEach
    void connect() throws Exception {
        var server = servers.rabbitmq();
        String user = server.user().user();
        String password = server.user().password();
        link = TcpProxy.to(server.port());
        direct = BrokerConfigs.local(server.port(), user, password);
        publisher = get(AmqpPublisher.start(
                vertx, direct, "test", DoorbusterTopology.durable(), new Health(), new SimpleMeterRegistry()));
    }

    @AfterEach
    void close() throws Exception {
        if (consumer != null) {
            get(consumer.stop());
        }
        get(publisher.stop());
        get(vertx.close());
    }

    @Test
    void thirtyDeathsInARowLoseNoMessage() throws Exception {
        // Given
        List<UUID> sent = ids(60);
        get(publish(sale, sent));

        // When
        consume(batch -> deaths.get() < 30 ? die() : take(batch));

        // Then
        await().atMost(LONG).until(() -> seen.containsAll(sent));
        assertThat(deaths.get()).isEqualTo(30);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aFewMessagesAloneAreEnoughAfterSomeDeaths() throws Exception {
        // Given: each has been delivered several times
        List<UUID> sent = ids(8 * PoisonMessageGuard.SUSPECTS_ALONE);
        var alone = new AtomicInteger();
        consume(batch -> {
            if (deaths.get() <= PoisonMessageGuard.DELIVERIES_SUSPECT) {
                return vertx.timer(200).compose(prefetched -> die());
            }
            alone.addAndGet(batch.messages().size() == 1 ? 1 : 0);
            return vertx.timer(50).compose(others -> take(batch));
        });

        // When
        get(publish(sale, sent));

        // Then
        await().atMost(LONG).until(() -> seen.containsAll(sent));
        assertThat(alone.get()).isBetween(1, 4 * PoisonMessageGuard.SUSPECTS_ALONE);
    }

    @Test
    void aMessageThatKillsItsConsumerIsDeadLetteredAlone() throws Exception {
        // Given
        List<UUID> sent = ids(40);
        List<UUID> elsewhere = ids(40);
        UUID culprit = sent.get(11);
        get(publish(other, elsewhere));
        get(publish(sale, sent));

        // When
        consume(batch ->
                idsOf(batch).contains(culprit) ? die() : vertx.timer(20).compose(v -> take(batch)));

        // Then
        var innocent = new ArrayList<>(sent);
        innocent.addAll(elsewhere);
        innocent.remove(culprit);
        await().atMost(LONG).until(() -> seen.containsAll(innocent));
        var givenUp = new ArrayList<GetResponse>();
        await().atMost(LONG).until(() -> {
            givenUp.addAll(deadLetters());
            return !givenUp.isEmpty();
        });
        assertThat(givenUp).singleElement().satisfies(message -> {
            assertThat(message.getBody()).asString().contains(culprit.toString());
            DeadLetter deadLetter = DeadLetter.read(
                    new Route(
                            message.getEnvelope().getExchange(),
                            message.getEnvelope().getRoutingKey()),
                    message.getProps().getHeaders());
            assertThat(deadLetter.cause()).isEqualTo(DeadLetter.Cause.DELIVERY_LIMIT);
            assertThat(deadLetter.queue()).isEqualTo(DoorbusterTopology.ledger(sale.partition()));
            assertThat(deadLetter.origin()).isEqualTo(Route.command(MessageType.ORDER_HOLD_OVER, sale));
            assertThat(deadLetter.sale()).contains(sale);
            assertThat(deadLetter.at()).isNotNull();
            assertThat(deadLetter.deliveries()).isEqualTo(DoorbusterTopology.DELIVERY_LIMIT + 1);
            assertThat(deadLetter.replays()).isZero();
        });
        assertThat(deaths.get()).isGreaterThan(DoorbusterTopology.DELIVERY_LIMIT);
    }

    @Test
    void tellsOnceThatItsConnectionIsLost() throws Exception {
        // Given
        var lost = new AtomicInteger();
        var cuttable = BrokerConfigs.local(link.port(), direct.user(), direct.password());
        Subscription subscription = Subscription.to(DoorbusterTopology.ledger(sale.partition()), this::take);
        ConsumerChannel channel = get(EventLoop.call(vertx, () -> {
            var opened = new ConsumerChannel(
                    vertx, cuttable, "lost", publisher, new SimpleMeterRegistry(), lost::incrementAndGet);
            return opened.open(List.of(subscription)).map(opened);
        }));

        // When
        link.closeConnections();

        // Then
        await().atMost(LONG).until(() -> lost.get() > 0);
        get(channel.stop());
        assertThat(channel.isAlive()).isFalse();
        assertThat(lost).hasValue(1);
    }

    /** To the broker the consumer is dead; the handler's future fails once the lost connection is detected. */
    private Future<Void> die() {
        deaths.incrementAndGet();
        link.closeConnections();
        return vertx.timer(1_000).compose(v -> Future.failedFuture("dead"));
    }

    private Future<Void> take(MessageBatch batch) {
        seen.addAll(idsOf(batch));
        return Future.succeededFuture();
    }

    private void consume(BatchHandler handler) throws Exception {
        var cuttable = BrokerConfigs.local(link.port(), direct.user(), direct.password());
        List<Subscription> subscriptions = Stream.of(other, sale)
                .map(each -> Subscription.to(DoorbusterTopology.ledger(each.partition()), handler))
                .toList();
        consumer = get(EventLoop.call(
                vertx,
                () -> AmqpConsumer.start(
                        vertx, cuttable, "mortal", subscriptions, publisher, new Health(), new SimpleMeterRegistry())));
    }

    /** Takes all messages from the dead-letter queue. */
    private List<GetResponse> deadLetters() throws Exception {
        var connection = new BrokerConnection(vertx, direct, "test");
        get(connection.open(() -> {}));
        var messages = new ArrayList<GetResponse>();
        for (String queue : List.of(
                DoorbusterTopology.DEAD_LETTER_RETRY_QUEUE,
                DoorbusterTopology.DEAD_LETTERS_QUEUE,
                DoorbusterTopology.UNROUTED_QUEUE)) {
            for (GetResponse message = get(connection.request(channel -> channel.basicGet(queue, true)));
                    message != null;
                    message = get(connection.request(channel -> channel.basicGet(queue, true)))) {
                messages.add(message);
            }
        }
        get(connection.close());
        return messages;
    }

    private Future<Void> publish(SaleId to, List<UUID> ids) {
        return publisher.publishAll(ids.stream()
                .map(id -> new Publisher.Addressed(
                        Route.command(MessageType.ORDER_HOLD_OVER, to), Message.of(to, new OrderHoldOver(id))))
                .toList());
    }

    private SaleId inAnotherPartition() {
        return Stream.generate(() -> SaleId.random(new Random()))
                .filter(each -> each.partition() != sale.partition())
                .findFirst()
                .orElseThrow();
    }

    private static List<UUID> idsOf(MessageBatch batch) {
        return batch.messages().stream()
                .flatMap(message -> message.elements(OrderHoldOver.class).stream())
                .map(OrderHoldOver::orderId)
                .toList();
    }

    private static List<UUID> ids(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
