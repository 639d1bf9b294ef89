package dev.doorbuster.runtime.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.amqp.publish.OutgoingMessage;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.start.EventLoop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Publisher and consumer against a real broker that is killed, stalled, or receives invalid messages. */
class AmqpIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(ServerKind.RABBITMQ);

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Health health = new Health();
    private final SaleId sale = SaleId.random(new java.util.Random());
    private final Route toLedger = Route.command(dev.doorbuster.contracts.message.MessageType.ORDER_HOLD_OVER, sale);
    private final Set<SaleId> ownSales = new HashSet<>(Set.of(sale));
    private final Set<UUID> seen = ConcurrentHashMap.newKeySet();
    private final List<Integer> gatheringSizes = new ArrayList<>();
    private AmqpPublisher publisher;

    @BeforeEach
    void connect() throws Exception {
        publisher = get(AmqpPublisher.start(
                vertx, config(), "test", DoorbusterTopology.durable(), health, new SimpleMeterRegistry()));
    }

    @AfterEach
    void close() throws Exception {
        get(publisher.stop());
        get(vertx.close());
    }

    @Test
    void startsOnTheCallersEventLoop() throws Exception {
        // Given
        var asking = new AtomicReference<Thread>();
        var goingOn = new AtomicReference<Thread>();

        // When
        AmqpPublisher started = get(EventLoop.call(vertx, () -> {
            asking.set(Thread.currentThread());
            return AmqpPublisher.start(
                            vertx,
                            config(),
                            "another",
                            DoorbusterTopology.durable(),
                            new Health(),
                            new SimpleMeterRegistry())
                    .onSuccess(publisher -> goingOn.set(Thread.currentThread()));
        }));

        // Then
        assertThat(goingOn.get()).isSameAs(asking.get());
        get(started.stop());
    }

    @Test
    void deliversConfirmedMessagesAndAcknowledgesThem() throws Exception {
        // Given
        AmqpConsumer consumer = consume(this::record);
        List<UUID> sent = ids(500);

        // When
        get(publishAll(sent));

        // Then
        await().atMost(SOON).until(() -> seen.containsAll(sent));
        get(consumer.stop());
        ConcurrentLinkedQueue<UUID> again = new ConcurrentLinkedQueue<>();
        AmqpConsumer next = consume(batch -> {
            again.addAll(idsOf(batch));
            return Future.succeededFuture();
        });
        UUID last = UUID.randomUUID();
        get(publisher.publish(toLedger, message(last)));
        await().atMost(SOON).until(() -> again.contains(last));
        assertThat(again).containsExactly(last);
        get(next.stop());
    }

    @Test
    void losesNoConfirmedMessageWhenTheBrokerIsKilled() throws Exception {
        // Given
        AmqpConsumer consumer = consume(this::record);
        Set<UUID> confirmed = ConcurrentHashMap.newKeySet();
        Set<UUID> unconfirmed = ConcurrentHashMap.newKeySet();
        List<Future<Void>> publishing = new ArrayList<>();
        List<UUID> sent = ids(300);

        // When
        for (UUID id : sent) {
            publishing.add(publisher
                    .publish(toLedger, message(id))
                    .onSuccess(v -> confirmed.add(id))
                    .onFailure(cause -> unconfirmed.add(id)));
            if (publishing.size() == 150) {
                servers.rabbitmq().kill();
            }
        }
        servers.rabbitmq().restart();

        // Then
        awaitSettled(publishing);
        assertThat(confirmed.size() + unconfirmed.size()).isEqualTo(sent.size());
        assertThat(unconfirmed).isNotEmpty();
        await().atMost(SOON).until(() -> health.problems().isEmpty());
        await().atMost(SOON).until(() -> seen.containsAll(confirmed));
        UUID afterwards = UUID.randomUUID();
        get(publisher.publish(toLedger, message(afterwards)));
        await().atMost(SOON).until(() -> seen.contains(afterwards));
        get(consumer.stop());
    }

    @Test
    void failsAsUnconfirmedWhenAStalledBrokerDoesNotAnswer() throws Exception {
        // Given
        servers.rabbitmq().pause();
        AtomicReference<Throwable> outcome = new AtomicReference<>();

        // When
        Future<Void> publishing =
                publisher.publish(toLedger, message(UUID.randomUUID())).onFailure(outcome::set);

        // Then
        await().atMost(SOON).until(publishing::isComplete);
        servers.rabbitmq().resume();
        assertThat(outcome.get())
                .isInstanceOfSatisfying(
                        PublishException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(PublishException.Kind.UNCONFIRMED));
        await().atMost(SOON).until(publisher::isOpen);
    }

    @Test
    void holdsNoMoreThanThePrefetchAndRedeliversInOrderAfterAnOutage() throws Exception {
        // Given
        ConcurrentLinkedQueue<UUID> order = new ConcurrentLinkedQueue<>();
        Instant[] failUntil = {Instant.now().plusSeconds(1)};
        AmqpConsumer consumer = consume(batch -> {
            if (Instant.now().isBefore(failUntil[0])) {
                return Future.failedFuture(new java.net.ConnectException("the store is away"));
            }
            gatheringSizes.add(batch.messages().size());
            order.addAll(idsOf(batch));
            return Future.succeededFuture();
        });
        List<UUID> sent = ids(100);

        // When
        get(publishAll(sent));

        // Then
        await().atMost(SOON).until(() -> order.size() == sent.size());
        assertThat(order).containsExactlyElementsOf(sent);
        assertThat(gatheringSizes).allMatch(size -> size <= config().prefetch());
        get(consumer.stop());
    }

    @Test
    void handlesOtherSalesWhileOneIsBlockedAndKeepsTheOrderOfEach() throws Exception {
        // Given
        SaleId inTrouble = inTheSamePartition();
        AtomicReference<Boolean> away = new AtomicReference<>(true);
        ConcurrentLinkedQueue<UUID> ofStuck = new ConcurrentLinkedQueue<>();
        AmqpConsumer consumer = consume(batch -> {
            boolean isStuck = batch.messages().get(0).sale().equals(inTrouble);
            if (isStuck && away.get()) {
                return Future.failedFuture(new java.net.ConnectException("the store is away"));
            }
            batch.messages().stream()
                    .filter(message -> message.sale().equals(inTrouble))
                    .forEach(message -> ofStuck.add(
                            message.elements(OrderHoldOver.class).get(0).orderId()));
            seen.addAll(idsOf(batch));
            return Future.succeededFuture();
        });
        List<UUID> kept = ids(config().prefetch() - 1);
        List<UUID> sent = ids(100);
        for (UUID id : kept) {
            Message message = Message.of(inTrouble, new OrderHoldOver(id));
            get(publisher.publish(Route.command(message), message));
        }

        // When
        get(publishAll(sent));

        // Then
        await().atMost(SOON).until(() -> seen.containsAll(sent));
        assertThat(health.problems().toString()).contains("is blocked: ");
        assertThat(ofStuck).isEmpty();
        away.set(false);
        await().atMost(SOON).until(() -> ofStuck.size() >= kept.size());
        assertThat(ofStuck).containsExactlyElementsOf(kept);
        await().atMost(SOON).until(() -> health.problems().isEmpty());
        get(consumer.stop());
    }

    /** Where a round trip takes long, orders that came one by one must not be handled a few at a time. */
    @Test
    void handlesManySmallMessagesInOneBatchAndLimitsTheElementsOfLargeOnes() throws Exception {
        // Given
        BrokerConfig byDefault = BrokerConfig.fromEnv(new Environment(Map.of()));
        Promise<Void> store = Promise.promise();
        Promise<Void> delivered = Promise.promise();
        Message last = Message.of(inTheSamePartition(), new OrderHoldOver(UUID.randomUUID()));
        var sizes = new ConcurrentLinkedQueue<Integer>();
        AmqpConsumer consumer = consume(
                batch -> {
                    if (batch.sale().equals(last.sale())) {
                        delivered.complete();
                        return Future.succeededFuture();
                    }
                    sizes.add(batch.messages().stream()
                            .mapToInt(message -> message.elements().size())
                            .sum());
                    return store.future();
                },
                Overrides.in(config(), "prefetch", Integer.toString(byDefault.prefetch())));
        get(publishAll(ids(1)));
        await().atMost(SOON).until(() -> sizes.size() == 1);
        get(publishAll(ids(40)));
        List<Message> large = Message.split(
                sale,
                ids(10 * Limits.MESSAGE_ELEMENTS_MAX).stream()
                        .map(OrderHoldOver::new)
                        .toList());
        for (Message each : large) {
            get(publisher.publish(toLedger, each));
        }
        get(publisher.publish(Route.command(last), last));
        get(delivered.future());

        // When
        store.complete();

        // Then
        await().atMost(SOON)
                .until(() -> sizes.stream().mapToInt(size -> size).sum() == 1 + 40 + 10 * Limits.MESSAGE_ELEMENTS_MAX);
        assertThat(sizes).hasSize(3).allMatch(size -> size <= 8 * Limits.MESSAGE_ELEMENTS_MAX);
        get(consumer.stop());
    }

    @Test
    void handlesAMessageThatFollowsAnotherSaleAfterTheMessagesOfThatSale() throws Exception {
        // Given
        SaleId followed = inTheSamePartition();
        Message before = Message.of(followed, new OrderHoldOver(UUID.randomUUID()));
        Message marker =
                Message.of(sale, new SaleMarker(UUID.randomUUID(), "edge", List.of(), List.of(), List.of(followed)));
        Message after = message(UUID.randomUUID());
        List<UUID> sent = List.of(before.id(), marker.id(), after.id());
        Promise<Void> store = Promise.promise();
        var handled = new ConcurrentLinkedQueue<UUID>();
        AmqpConsumer consumer = consume(batch -> {
            boolean waits = batch.messages().get(0).sale().equals(followed);
            return (waits ? store.future() : Future.<Void>succeededFuture())
                    .onSuccess(v -> batch.messages().stream()
                            .map(Message::id)
                            .filter(sent::contains)
                            .forEach(handled::add));
        });

        // When
        for (Message each : List.of(before, marker, after)) {
            get(publisher.publish(Route.command(each), each));
        }

        // Then
        await().atMost(SOON).until(() -> handled.contains(after.id()));
        assertThat(handled).containsExactly(after.id());
        store.complete();
        await().atMost(SOON).until(() -> handled.contains(marker.id()));
        assertThat(handled).containsExactly(after.id(), before.id(), marker.id());
        get(consumer.stop());
    }

    @Test
    void aConsumerThatStopsKeepsItsQueueUntilItsBatchIsHandled() throws Exception {
        // Given
        Promise<Void> store = Promise.promise();
        var first = new ConcurrentLinkedQueue<UUID>();
        AmqpConsumer stopping = consume(batch -> {
            first.addAll(idsOf(batch));
            return store.future();
        });
        var next = new ConcurrentLinkedQueue<UUID>();
        AmqpConsumer standby = consume(batch -> {
            next.addAll(idsOf(batch));
            return Future.succeededFuture();
        });
        List<UUID> sent = ids(2);
        get(publishAll(sent.subList(0, 1)));
        await().atMost(SOON).until(() -> first.size() == 1);

        // When
        Future<Void> stopped = stopping.stop();
        get(publishAll(sent.subList(1, 2)));

        // Then
        await().during(Duration.ofSeconds(2)).until(next::isEmpty);
        store.complete();
        get(stopped);
        await().atMost(SOON).until(() -> !next.isEmpty());
        assertThat(next).containsExactly(sent.get(1));
        get(standby.stop());
    }

    @Test
    void aSaleThatFailsWhileItsConsumerStopsDoesNotEndTheBatchOfAnother() throws Exception {
        // Given
        Promise<Void> store = Promise.promise();
        var attempts = new AtomicInteger();
        SaleId other = inTheSamePartition();
        AmqpConsumer stopping = consume(batch -> {
            if (batch.sale().equals(other)) {
                attempts.incrementAndGet();
                return Future.failedFuture(new java.net.ConnectException("the store is away"));
            }
            seen.addAll(idsOf(batch));
            return store.future();
        });
        UUID sent = UUID.randomUUID();
        get(publisher.publish(
                Route.command(dev.doorbuster.contracts.message.MessageType.ORDER_HOLD_OVER, other),
                Message.of(other, new OrderHoldOver(UUID.randomUUID()))));
        get(publisher.publish(toLedger, message(sent)));
        await().atMost(SOON).until(() -> seen.contains(sent) && attempts.get() > 0);

        // When
        Future<Void> stopped = stopping.stop();
        await().during(Duration.ofMillis(500)).until(() -> !stopped.isComplete());
        store.complete();
        get(stopped);

        // Then
        var again = new ConcurrentLinkedQueue<UUID>();
        var othersAgain = new AtomicInteger();
        AmqpConsumer next = consume(batch -> {
            again.addAll(idsOf(batch));
            othersAgain.addAndGet(batch.sale().equals(other) ? 1 : 0);
            return Future.succeededFuture();
        });
        UUID last = UUID.randomUUID();
        get(publisher.publish(toLedger, message(last)));
        await().atMost(SOON).until(() -> again.contains(last) && othersAgain.get() > 0);
        assertThat(again).containsExactly(last);
        get(next.stop());
    }

    @Test
    void saysWhyARequestFailed() throws Exception {
        var connection = new BrokerConnection(vertx, config(), "test");
        get(connection.open(() -> {}));

        assertThatThrownBy(() -> get(connection.consume("nowhere", 1, (tag, delivery) -> {}, tag -> {})))
                .hasMessageContaining("NOT_FOUND - no queue 'nowhere'");
        get(connection.close());
    }

    @Test
    void connectsAgainWhereASubscriptionGetsNoReply() throws Exception {
        UUID sent = UUID.randomUUID();
        get(publisher.publish(toLedger, message(sent)));
        try (var relay = new SilentRelay(servers.rabbitmq().port(), SilentRelay.BASIC_CONSUME, 1)) {
            // When
            AmqpConsumer consumer = consume(this::record, config(relay.port()));

            // Then
            await().atMost(SOON).until(() -> seen.contains(sent));
            get(consumer.stop());
        }
    }

    @Test
    void connectsAgainWhereNoConfirmComes() throws Exception {
        // Given
        AmqpConsumer consumer = consume(this::record);
        try (var relay = new SilentRelay(servers.rabbitmq().port(), SilentRelay.BASIC_ACK, 1)) {
            AmqpPublisher unheard = get(AmqpPublisher.start(
                    vertx,
                    config(relay.port()),
                    "unheard",
                    DoorbusterTopology.durable(),
                    health,
                    new SimpleMeterRegistry()));
            UUID sent = UUID.randomUUID();

            // When
            Future<Void> first = unheard.publish(toLedger, message(sent));
            await().atMost(SOON).until(first::isComplete);

            // Then
            assertThat(first.cause())
                    .isInstanceOfSatisfying(
                            PublishException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(PublishException.Kind.UNCONFIRMED));
            await().atMost(SOON).until(() -> seen.contains(sent));
            await().atMost(SOON)
                    .until(() -> get(unheard.publish(toLedger, message(UUID.randomUUID()))
                            .map(true)
                            .otherwise(false)));
            get(unheard.stop());
        }
        get(consumer.stop());
    }

    @Test
    void redeliversWhatAStoppedConsumerHadNotFinished() throws Exception {
        // Given
        List<UUID> sent = ids(20);
        AmqpConsumer stuck = consume(batch -> Future.failedFuture(new java.net.ConnectException("never")));
        get(publishAll(sent));
        await().atMost(SOON).until(() -> !health.problems().isEmpty());

        // When
        Future<Void> stopping = stuck.stop();
        AmqpConsumer next = consume(this::record);

        // Then
        servers.rabbitmq().kill();
        servers.rabbitmq().restart();
        await().atMost(SOON).until(() -> seen.containsAll(sent));
        await().atMost(SOON).until(stopping::isComplete);
        get(next.stop());
    }

    @Test
    void deadLettersUndecodableMessagesAndContinues() throws Exception {
        // Given
        AmqpConsumer consumer = consume(this::record);
        UUID good = UUID.randomUUID();

        // When
        get(publisher.publish(garbage()));
        get(publisher.publish(toLedger, message(good)));

        // Then
        await().atMost(SOON).until(() -> seen.contains(good));
        var dead = get(deadLetter());
        assertThat(dead.getBody()).asString().isEqualTo("not json");
        DeadLetter deadLetter = DeadLetter.read(
                new Route(dead.getEnvelope().getExchange(), dead.getEnvelope().getRoutingKey()),
                dead.getProps().getHeaders());
        assertThat(deadLetter.cause()).isEqualTo(DeadLetter.Cause.UNDECODABLE);
        assertThat(deadLetter.queue()).isEqualTo(DoorbusterTopology.ledger(sale.partition()));
        assertThat(deadLetter.reason()).contains("not a valid order.hold-over.v1");
        assertThat(deadLetter.origin()).isEqualTo(toLedger);
        assertThat(deadLetter.at()).isNotNull();
        assertThat(deadLetter.deliveries()).isPositive();
        get(consumer.stop());
    }

    @Test
    void keepsUndecodableAndLaterMessagesWhileDeadLetteringFails() throws Exception {
        // Given
        AmqpPublisher dead = get(AmqpPublisher.start(
                vertx, config(), "dead", DoorbusterTopology.durable(), new Health(), new SimpleMeterRegistry()));
        get(dead.stop());
        AmqpConsumer consumer = get(EventLoop.call(
                vertx,
                () -> AmqpConsumer.start(
                        vertx,
                        config(),
                        "test",
                        List.of(Subscription.to(DoorbusterTopology.ledger(sale.partition()), this::record)),
                        dead,
                        health,
                        new SimpleMeterRegistry())));
        UUID neighbour = UUID.randomUUID();

        // When
        get(publisher.publish(garbage()));
        get(publisher.publish(toLedger, message(neighbour)));
        await().atMost(SOON).until(() -> health.problems().toString().contains("is blocked: "));

        // Then
        get(consumer.stop());
        AmqpConsumer healthy = consume(this::record);
        await().atMost(SOON).until(() -> seen.contains(neighbour));
        await().atMost(SOON).until(() -> get(deadLetter()) != null);
        get(healthy.stop());
    }

    @Test
    void failsAsNackedWhenTheQueueIsFull() throws Exception {
        // Given
        Route entrance = Route.entrance(sale);
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        var big = Message.of(
                sale,
                java.util.stream.IntStream.range(0, 250).mapToObj(this::placed).toList());

        // When
        for (int round = 0; round < 200 && refusal.get() == null; round++) {
            List<Future<Void>> some = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                some.add(publisher.publish(entrance, big).onFailure(refusal::set));
            }
            awaitSettled(some);
        }

        // Then
        assertThat(refusal.get())
                .isInstanceOfSatisfying(
                        PublishException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(PublishException.Kind.NACKED));
    }

    private static void awaitSettled(List<Future<Void>> futures) {
        await().atMost(SOON).until(() -> futures.stream().allMatch(Future::isComplete));
    }

    private OutgoingMessage garbage() {
        byte[] body = "not json".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new OutgoingMessage(toLedger, "order.hold-over.v1", "x", Instant.now(), java.util.Map.of(), body);
    }

    private Future<GetResponse> deadLetter() {
        var connection = new BrokerConnection(vertx, config(), "test");
        return connection
                .open(() -> {})
                .compose(v -> connection.request(channel -> channel.basicGet("dead-letters", true)))
                .eventually(connection::close);
    }

    private OrderPlaced placed(int i) {
        return new OrderPlaced(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "buyer-" + i,
                1,
                "key-" + i,
                CounterKind.REDIS,
                1,
                1L,
                "edge",
                Instant.now(),
                null,
                null);
    }

    private SaleId inTheSamePartition() {
        SaleId other = Stream.generate(() -> SaleId.random(new java.util.Random()))
                .filter(each -> each.partition() == sale.partition())
                .findFirst()
                .orElseThrow();
        ownSales.add(other);
        return other;
    }

    private Future<Void> record(MessageBatch batch) {
        seen.addAll(idsOf(batch));
        return Future.succeededFuture();
    }

    private AmqpConsumer consume(BatchHandler handler) throws Exception {
        return consume(handler, config());
    }

    /** Acknowledges what another test left in the queue. */
    private AmqpConsumer consume(BatchHandler handler, BrokerConfig broker) throws Exception {
        Set<SaleId> own = Set.copyOf(ownSales);
        var subscription = Subscription.to(
                DoorbusterTopology.ledger(sale.partition()),
                batch -> own.contains(batch.sale()) ? handler.handle(batch) : Future.succeededFuture());
        return get(EventLoop.call(
                vertx,
                () -> AmqpConsumer.start(
                        vertx, broker, "test", List.of(subscription), publisher, health, new SimpleMeterRegistry())));
    }

    private Future<Void> publishAll(List<UUID> ids) {
        return publisher.publishAll(ids.stream()
                .map(id -> new Publisher.Addressed(toLedger, message(id)))
                .toList());
    }

    private Message message(UUID id) {
        return Message.of(sale, new OrderHoldOver(id));
    }

    /** Only messages of this test: an unconfirmed message of another test may arrive late in the same partition. */
    private List<UUID> idsOf(MessageBatch batch) {
        return batch.messages().stream()
                .filter(message -> message.sale().equals(sale))
                .flatMap(message -> message.elements(OrderHoldOver.class).stream())
                .map(OrderHoldOver::orderId)
                .toList();
    }

    private static List<UUID> ids(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    private static BrokerConfig config() {
        return config(servers.rabbitmq().port());
    }

    private static BrokerConfig config(int port) {
        var server = servers.rabbitmq();
        return BrokerConfigs.local(port, server.user().user(), server.user().password());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
