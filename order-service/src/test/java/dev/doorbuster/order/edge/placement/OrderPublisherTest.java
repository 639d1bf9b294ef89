package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ManualPublisher;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.batch.Batcher.BatcherFullException;
import dev.doorbuster.runtime.batch.Batcher.RoundTripFailedException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderPublisherTest {
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");
    private static final SaleId OTHER = new SaleId("bbbbbbbbbbbbbbbb");

    private final ManualPublisher publisher = new ManualPublisher();
    private final DistributionSummary sizes =
            DistributionSummary.builder("sizes").register(new SimpleMeterRegistry());
    private final OrderPublisher orders = publisher(1000);

    private final Promise<Void> late = Promise.promise();

    private OrderPublisher publisher(int waitingMax) {
        return new OrderPublisher(
                delay -> late.future(), publisher, UnansweredOrdersTest.unchecked(publisher), waitingMax, sizes);
    }

    @Test
    void sendsOneAtOnceAndTheRestTogetherAfterItsAnswer() {
        // Given
        OrderPlaced one = order("a", "k");
        Future<Void> first = orders.publish(SALE, one);
        Future<Void> second = orders.publish(SALE, order("b", "k"));
        publisher.confirm(0);
        Future<Void> third = orders.publish(SALE, order("c", "k"));
        assertThat(first.succeeded()).isTrue();
        assertThat(publisher.sent()).hasSize(1);

        // When
        orders.answered(one.requestId());

        // Then
        assertThat(second.isComplete()).isFalse();
        assertThat(publisher.sent()).hasSize(2);
        assertThat(publisher.sent().get(1).message().elements()).hasSize(2);
        assertThat(publisher.sent().get(1).route()).isEqualTo(Route.entrance(SALE));
        publisher.confirm(1);
        assertThat(third.succeeded()).isTrue();
    }

    @Test
    void doesNotWaitForAnAnswerThatIsLate() {
        // Given
        Future<Void> first = orders.publish(SALE, order("a", "k"));
        publisher.confirm(0);
        Future<Void> second = orders.publish(SALE, order("b", "k"));
        assertThat(publisher.sent()).hasSize(1);

        // When
        late.complete();

        // Then
        publisher.confirm(1);
        assertThat(first.succeeded() && second.succeeded()).isTrue();
    }

    @Test
    void knowsTheOrdersInTheirQueue() {
        // Given
        late.complete();
        OrderPlaced order = order("a", "k");
        Future<Void> first = orders.publish(SALE, order);
        publisher.confirm(0);

        // When
        boolean again = orders.isQueued(order.orderId(), order.quantity());
        boolean otherQuantity = orders.isQueued(order.orderId(), order.quantity() - 1);

        // Then
        assertThat(first.succeeded()).isTrue();
        assertThat(again).isTrue();
        assertThat(otherQuantity).isFalse();
    }

    @Test
    void doesNotLetOneSaleWaitForAnother() {
        // Given
        Future<Void> first = orders.publish(SALE, order("a", "k"));

        // When
        Future<Void> second = orders.publish(OTHER, order("b", "k"));
        publisher.confirm(1);

        // Then
        assertThat(second.succeeded()).isTrue();
        assertThat(first.isComplete()).isFalse();
    }

    @Test
    void gathersTheOrdersOfMoreSalesWhileManyBatchesAreUnanswered() {
        // Given
        List<OrderPlaced> unanswered = publishOfManySales();
        IntStream.range(0, unanswered.size()).forEach(publisher::confirm);
        Future<Void> second = orders.publish(SALE, order("a", "k"));
        Future<Void> third = orders.publish(SALE, order("b", "k"));
        Future<Void> last = orders.publish(OTHER, order("a", "k"));
        assertThat(publisher.sent()).hasSize(unanswered.size());

        // When
        orders.answered(unanswered.get(0).requestId());

        // Then
        assertThat(publisher.sent()).hasSize(unanswered.size() + 1);
        assertThat(publisher.sent().get(unanswered.size()).message().elements()).hasSize(2);
        publisher.confirm(unanswered.size());
        assertThat(second.succeeded() && third.succeeded()).isTrue();
        assertThat(last.isComplete()).isFalse();
        orders.answered(unanswered.get(1).requestId());
        publisher.confirm(unanswered.size() + 1);
        assertThat(last.succeeded()).isTrue();
    }

    @Test
    void publishesOtherSalesAfterABatchFailed() {
        // Given
        List<OrderPlaced> unanswered = publishOfManySales();
        Future<Void> next = orders.publish(SALE, order("a", "k"));

        // When
        publisher.fail(0, PublishException.Kind.UNCONFIRMED);

        // Then
        publisher.confirm(unanswered.size());
        assertThat(next.succeeded()).isTrue();
    }

    @Test
    void doesNotLetSalesWaitForOthersOfWhichNothingIsDecided() {
        // Given
        List<OrderPlaced> unanswered = publishOfManySales();
        Future<Void> next = orders.publish(SALE, order("a", "k"));
        Future<Void> last = orders.publish(OTHER, order("a", "k"));

        // When
        late.complete();

        // Then
        publisher.confirm(unanswered.size());
        publisher.confirm(unanswered.size() + 1);
        assertThat(next.succeeded() && last.succeeded()).isTrue();
    }

    @Test
    void doesNotCountASaleOfWhichNothingIsDecided() {
        // Given
        var late = new ArrayList<Promise<Void>>();
        OrderPublisher publishing = new OrderPublisher(
                delay -> {
                    Promise<Void> timer = Promise.promise();
                    if (delay.equals(OrderPublisher.LATE)) {
                        late.add(timer);
                    }
                    return timer.future();
                },
                publisher,
                UnansweredOrdersTest.unchecked(publisher),
                1000,
                sizes);
        Future<Void> first = publishing.publish(SALE, order("a", "k"));
        Future<Void> second = publishing.publish(SALE, order("b", "k"));
        publisher.confirm(0);
        var random = new Random(7);
        for (int i = 1; i <= 3 * OrderPublisher.UNANSWERED_MAX; i++) {
            OrderPlaced order = order("a", "k");
            Future<Void> unused = publishing.publish(SaleId.random(random), order);
            if (i <= 2 * OrderPublisher.UNANSWERED_MAX) {
                publishing.answered(order.requestId());
            }
        }
        int published = publisher.sent().size();
        assertThat(published).isEqualTo(3 * OrderPublisher.UNANSWERED_MAX);

        // When
        late.get(0).complete();

        // Then
        assertThat(publisher.sent()).hasSize(published + 2);
        assertThat(publisher.sent().get(published + 1).message().sale()).isEqualTo(SALE);
        assertThat(first.succeeded()).isTrue();
        assertThat(second.isComplete()).isFalse();
    }

    /** As many batches as may be unanswered. */
    private List<OrderPlaced> publishOfManySales() {
        var random = new Random(7);
        var published = new ArrayList<OrderPlaced>();
        for (int i = 0; i < OrderPublisher.UNANSWERED_MAX; i++) {
            OrderPlaced order = order("a", "k");
            Future<Void> unused = orders.publish(SaleId.random(random), order);
            published.add(order);
        }
        return published;
    }

    @Test
    void keepsMessagesWithinTheirLimitsHoweverLongNamesAndKeysAre() {
        // Given
        late.complete();
        Future<Void> first = orders.publish(SALE, order("a", "k"));
        var worst = new ArrayList<Future<Void>>();
        for (int i = 0; i < 600; i++) {
            worst.add(orders.publish(SALE, order("\ud83d\udca1".repeat(64), "\"".repeat(200))));
        }

        // When
        for (int i = 0; i < publisher.sent().size(); i++) {
            publisher.confirm(i);
        }

        // Then
        assertThat(first.succeeded()).isTrue();
        assertThat(worst).allMatch(Future::succeeded);
        assertThat(publisher.sent()).allSatisfy(sent -> {
            assertThat(MessageCodec.encode(sent.message())).hasSizeLessThanOrEqualTo(Limits.MESSAGE_BYTES_MAX);
            assertThat(sent.message().elements()).hasSizeLessThanOrEqualTo(Limits.MESSAGE_ELEMENTS_MAX);
        });
    }

    @Test
    void fillsMessagesOfOrdinaryOrdersWell() {
        // Given
        Future<Void> first = orders.publish(SALE, order("a", "k"));
        for (int i = 0; i < 300; i++) {
            Future<Void> unused =
                    orders.publish(SALE, order("buyer-" + i, UUID.randomUUID().toString()));
        }

        // When
        publisher.confirm(0);

        // Then
        assertThat(first.succeeded()).isTrue();
        assertThat(publisher.sent().get(1).message().elements()).hasSizeGreaterThan(120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\ud83d\udca1", "\u00e9", "\u4e2d", "\"", "\\"})
    void weighsAnOrderWithItsTextsAndNumbers(String character) {
        OrderPlaced order = order(character.repeat(32), character.repeat(100))
                .withNumber(new OrderNumber(OrderNumber.STREAM_MAX, Long.MAX_VALUE));

        int bytes = MessageCodec.encode(Message.of(SALE, List.of(order, order))).length
                - MessageCodec.encode(Message.of(SALE, order)).length;

        assertThat(OrderPublisher.weight(order)).isGreaterThanOrEqualTo(bytes);
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(character)) {
            assertThat(OrderPublisher.weight(order)).isLessThan(bytes + 24);
        }
    }

    @Test
    void refusesWhatCannotEvenWait() {
        // Given
        var small = publisher(1);
        Future<Void> first = small.publish(SALE, order("a", "k"));
        Future<Void> second = small.publish(SALE, order("b", "k"));

        // When
        Future<Void> third = small.publish(SALE, order("c", "k"));

        // Then
        assertThat(first.isComplete() || second.isComplete()).isFalse();
        assertThat(third.cause()).isInstanceOf(BatcherFullException.class);
    }

    @Test
    void failsWhatWaitsBehindABatchWithoutAConfirm() {
        // Given
        Future<Void> first = orders.publish(SALE, order("a", "k"));
        Future<Void> second = orders.publish(SALE, order("b", "k"));
        Future<Void> ofOther = orders.publish(OTHER, order("c", "k"));

        // When
        publisher.fail(0, PublishException.Kind.UNCONFIRMED);

        // Then
        assertThat(first.cause()).isInstanceOf(PublishException.class);
        assertThat(second.cause()).isInstanceOf(RoundTripFailedException.class);
        assertThat(ofOther.isComplete()).isFalse();
        assertThat(publisher.sent()).hasSize(2);

        // When, Then
        Future<Void> later = orders.publish(SALE, order("d", "k"));
        publisher.confirm(2);
        assertThat(later.succeeded()).isTrue();
    }

    @Test
    void keepsToItsKeysOwnLimit() {
        assertThatThrownBy(() -> order("a", "k".repeat(201))).isInstanceOf(IllegalArgumentException.class);
    }

    private static OrderPlaced order(String buyer, String key) {
        return new OrderPlaced(
                UUID.randomUUID(),
                UUID.randomUUID(),
                buyer,
                100,
                key,
                CounterKind.MEMCACHED,
                100,
                Long.MAX_VALUE,
                UUID.randomUUID().toString(),
                Instant.parse("2030-01-31T18:00:00.123456789Z"),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                null);
    }
}
