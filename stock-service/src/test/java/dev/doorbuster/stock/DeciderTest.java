package dev.doorbuster.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterOutcome;
import dev.doorbuster.counter.Orders;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import dev.doorbuster.runtime.trace.Tracing;
import dev.doorbuster.stock.RefusalCache.RefusedOrder;
import dev.doorbuster.stock.StockConfig.DeciderConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private final Vertx vertx = Vertx.vertx();
    private final Orders orders = new Orders(CounterKind.REDIS, 1);
    private final SaleId sale = Orders.newSale();
    private final FakeCounter counter = new FakeCounter();
    private final FakeCounter otherCounter = new FakeCounter();
    private final FakePublisher publisher = new FakePublisher();
    private final List<RefusedOrder> cached = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Decider decider() {
        var config = DeciderConfig.defaults();
        var metrics = new StockMetrics(registry);
        var byKind = Map.<CounterKind, StockCounter>of(CounterKind.REDIS, counter, CounterKind.MEMCACHED, otherCounter);
        var onCounter = new DecideOnCounter(vertx, byKind, publisher, config, metrics);
        return new Decider(onCounter, publisher, this::cache, metrics, Tracing.OFF);
    }

    private Future<Void> cache(List<RefusedOrder> refused) {
        cached.addAll(refused);
        return Future.succeededFuture();
    }

    private static MessageBatch gathering(Message... messages) {
        return new MessageBatch(List.of(messages));
    }

    private List<Class<? extends Element>> publishedTypes() {
        var types = new ArrayList<Class<? extends Element>>();
        for (Addressed each : publisher.published) {
            types.add(each.message().type().elementClass());
        }
        return types;
    }

    @Test
    void publishesGrantsWithWhetherTheyWereCounted() {
        // Given
        OrderPlaced counted = orders.by("a");
        OrderPlaced uncounted = orders.by("b");
        counter.outcome =
                placed -> placed.equals(counted) ? CounterOutcome.GRANTED_COUNTED : CounterOutcome.GRANTED_UNCOUNTED;

        // When
        Future<Void> handled = decider().handle(gathering(Message.of(sale, List.of(counted, uncounted))));

        // Then
        assertThat(handled.succeeded()).isTrue();
        assertThat(publisher.published(OrderGranted.class))
                .containsExactly(OrderGranted.of(counted, true, 1), OrderGranted.of(uncounted, false, 1));
        assertThat(publisher.published.get(0).route()).isEqualTo(Route.command(MessageType.ORDER_GRANTED, sale));
        assertThat(registry.get("doorbuster.stock.reservations").counter().count())
                .isEqualTo(1);
    }

    @Test
    void answersRefusalsOnlyAfterTheAcknowledgement() {
        // Given
        OrderPlaced loser = orders.by("a");
        counter.outcome = placed -> CounterOutcome.REFUSED_SOLD_OUT;
        MessageBatch batch = gathering(Message.of(sale, loser));

        // When
        Future<Void> handled = decider().handle(batch);

        // Then
        assertThat(handled.succeeded()).isTrue();
        assertThat(publisher.told).isEmpty();
        assertThat(cached).containsExactly(new RefusedOrder(loser, RefusalReason.SOLD_OUT));

        // When
        batch.acknowledged();

        // Then
        assertThat(publisher.told(OrderAnswered.class))
                .containsExactly(OrderAnswered.refused(loser, RefusalReason.SOLD_OUT));
        assertThat(publisher.told.get(0).route()).isEqualTo(Route.reply(Orders.EDGE));
    }

    @Test
    void cachesNoRefusalBeforeTheBrokerHasAnswered() {
        // Given
        counter.outcome = placed -> CounterOutcome.REFUSED_SOLD_OUT;
        Promise<Void> answer = Promise.promise();
        var batch = new MessageBatch(List.of(Message.of(sale, orders.by("a"))), Set.of(), answer::future);

        // When
        Future<Void> handled = decider().handle(batch);

        // Then
        assertThat(cached).isEmpty();
        assertThat(handled.isComplete()).isFalse();
        answer.complete();
        assertThat(cached).hasSize(1);
        assertThat(handled.succeeded()).isTrue();
    }

    @Test
    void cachesNoRefusalIfTheSubscriptionWasLost() {
        // Given
        counter.outcome = placed -> CounterOutcome.REFUSED_SOLD_OUT;
        var batch = new MessageBatch(
                List.of(Message.of(sale, orders.by("a"))),
                Set.of(),
                () -> Future.failedFuture("the channel is closed"));

        // When
        Future<Void> handled = decider().handle(batch);

        // Then
        assertThat(handled.failed()).isTrue();
        assertThat(cached).isEmpty();
    }

    @Test
    void completesOnlyWhenGrantsAreConfirmed() {
        // Given
        Promise<Void> confirm = Promise.promise();
        publisher.confirm = message -> confirm.future();

        // When
        Future<Void> handled = decider().handle(gathering(Message.of(sale, orders.by("a"))));

        // Then
        assertThat(handled.isComplete()).isFalse();
        confirm.complete();
        assertThat(handled.succeeded()).isTrue();
    }

    @Test
    void failsIfGrantsAreNotConfirmed() {
        // Given
        publisher.confirm = message -> Future.failedFuture("nack");

        // When
        Future<Void> handled = decider().handle(gathering(Message.of(sale, orders.by("a"))));

        // Then
        assertThat(handled.failed()).isTrue();
    }

    @Test
    void publishesAMarkerOnlyAfterConfirmedGrants() {
        // Given
        var marker = new SaleMarker(UUID.randomUUID(), Orders.EDGE);
        Promise<Void> confirm = Promise.promise();
        publisher.confirm = message -> confirm.future();
        Message before = Message.of(sale, orders.by("a"));

        // When
        Future<Void> handled = decider().handle(gathering(before, Message.of(sale, marker)));

        // Then
        assertThat(publishedTypes()).containsExactly(OrderGranted.class);
        confirm.complete();
        assertThat(publishedTypes()).containsExactly(OrderGranted.class, SaleMarker.class);
        assertThat(publisher.published.get(1).route()).isEqualTo(Route.command(MessageType.SALE_MARKER, sale));
        assertThat(handled.succeeded()).isTrue();
    }

    @Test
    void callsTheCounterOnceForAllOrdersOfASale() {
        // Given
        List<OrderPlaced> first = orders.crowd("a", 3);
        List<OrderPlaced> second = orders.crowd("b", 2);

        // When
        Future<Void> handled = decider().handle(gathering(Message.of(sale, first), Message.of(sale, second)));

        // Then
        assertThat(handled.succeeded()).isTrue();
        assertThat(counter.decided).hasSize(1);
        assertThat(counter.decided.get(0)).hasSize(5);
    }

    @Test
    void splitsGrantsSoThatNoMessageIsTooLarge() {
        // Given
        List<OrderPlaced> crowd = IntStream.range(0, 3)
                .mapToObj(i -> orders.crowd("x".repeat(50) + i, Limits.MESSAGE_ELEMENTS_MAX))
                .flatMap(List::stream)
                .toList();

        // When
        Message[] messages = Message.split(sale, crowd).toArray(Message[]::new);
        Future<Void> handled = decider().handle(gathering(messages));

        // Then
        assertThat(handled.succeeded()).isTrue();
        assertThat(publisher.published(OrderGranted.class))
                .extracting(OrderGranted::orderId)
                .isEqualTo(crowd.stream().map(OrderPlaced::orderId).toList());
        assertThat(publisher.published)
                .allSatisfy(each -> assertThat(MessageCodec.encode(each.message()).length)
                        .isLessThanOrEqualTo(Limits.MESSAGE_BYTES_MAX));
    }
}
