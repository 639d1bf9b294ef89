package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleMarker.AwaitedOrder;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.OrderNumber.OrderNumbers;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ManualPublisher;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnansweredOrdersTest {
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");
    private static final SplittableRandom RANDOM = new SplittableRandom(1);
    private static final SaleId OTHER = new SaleId("bbbbbbbbbbbbbbbb");

    private final ManualPublisher publisher = new ManualPublisher();
    private final Counter again = new SimpleMeterRegistry().counter("again");
    private final Set<OrderNumber> decided = new HashSet<>();
    private boolean nothingSetAside = true;
    private boolean ledgerAnswers = true;
    private String edgeId = "edge-1";
    private final UnansweredOrders unanswered = new UnansweredOrders(
            publisher,
            () -> edgeId,
            (sale, numbers) -> ledgerAnswers
                    ? Future.succeededFuture(numbers.stream()
                            .filter(each -> !decided.contains(each))
                            .toList())
                    : Future.failedFuture("no ledger"),
            sale -> Future.succeededFuture(nothingSetAside),
            again,
            RANDOM::nextLong);

    /** For tests of publishing alone. */
    static UnansweredOrders unchecked(Publisher publisher) {
        return new UnansweredOrders(
                publisher,
                () -> "edge-1",
                (sale, numbers) -> Future.succeededFuture(List.of()),
                sale -> Future.succeededFuture(false),
                new SimpleMeterRegistry().counter("again"),
                RANDOM::nextLong);
    }

    @Test
    void numbersTheOrdersOfEachSaleFromOne() {
        // When
        List<OrderPlaced> first = unanswered.number(SALE, orders(2));
        List<OrderPlaced> other = unanswered.number(OTHER, orders(1));
        List<OrderPlaced> next = unanswered.number(SALE, orders(1));

        // Then
        long stream = first.get(0).number().stream();
        assertThat(first)
                .extracting(OrderPlaced::number)
                .containsExactly(new OrderNumber(stream, 1), new OrderNumber(stream, 2));
        assertThat(next).extracting(OrderPlaced::number).containsExactly(new OrderNumber(stream, 3));
        assertThat(other.get(0).number().number()).isEqualTo(1);
        assertThat(other.get(0).number().stream()).isNotEqualTo(stream);
    }

    @Test
    void beginsAnotherStreamAfterAFailedPublication() {
        // Given
        List<OrderPlaced> failed = unanswered.number(SALE, orders(2));

        // When
        unanswered.failed(SALE, failed);

        // Then
        OrderNumber next = unanswered.number(SALE, orders(1)).get(0).number();
        assertThat(next.number()).isEqualTo(1);
        assertThat(next.stream()).isNotEqualTo(failed.get(0).number().stream());
        check(20);
        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    void reportsNothingWhereAllOrdersAreAnswered() {
        // Given
        confirmed(300).forEach(order -> unanswered.answered(order.requestId()));

        // When
        check(20);

        // Then
        assertThat(publisher.sent()).isEmpty();
        assertThat(unanswered.size()).isZero();
    }

    @Test
    void reportsAnUnansweredOrderOnceOnItsRoute() {
        // Given
        OrderPlaced order = confirmed(1).get(0);

        // When
        check(4);

        // Then
        assertThat(publisher.sent()).hasSize(1);
        assertThat(publisher.sent().get(0).route()).isEqualTo(Route.entrance(SALE));
        assertThat(report(0).awaited())
                .containsExactly(
                        new AwaitedOrder(order.number().stream(), order.number().number(), order.orderId()));
    }

    @Test
    void reportsManyOrdersInSeveralMarkers() {
        // Given
        confirmed(600);

        // When
        check(2);

        // Then
        assertThat(publisher.sent()).hasSize(3);
        assertThat(report(2).awaited()).hasSize(88);
    }

    @Test
    void reportsAgainWhereAReportIsNotBack() {
        // Given
        confirmed(1);
        check(2);

        // When
        check(15);

        // Then
        assertThat(publisher.sent()).hasSize(2);
    }

    @Test
    void reportsUnansweredOrdersOfAVerifiedSaleAtOnce() {
        // Given
        confirmed(1);

        // When
        unanswered.reportNow(OTHER);
        assertThat(publisher.sent()).isEmpty();
        unanswered.reportNow(SALE);

        // Then
        assertThat(report(0).awaited()).hasSize(1);
    }

    @Test
    void reportsUnansweredOrdersWhenItsEdgeStops() {
        // Given
        confirmed(1);

        // When
        Future<Void> stopped = unanswered.reportAll();

        // Then
        assertThat(stopped.isComplete()).isFalse();
        publisher.confirm(0);
        assertThat(stopped.succeeded()).isTrue();
        assertThat(report(0).awaited()).hasSize(1);
    }

    @Test
    void publishesALostOrderAgainUnderTheSameIdsToItsPresentReplyQueue() {
        // Given
        OrderPlaced order = confirmed(1).get(0);
        check(2);
        edgeId = "edge-2";

        // When
        unanswered.reportBack(report(0));
        check(2);

        // Then
        assertThat(publisher.sent()).hasSize(2);
        assertThat(publisher.sent().get(1).route()).isEqualTo(Route.entrance(SALE));
        assertThat(publisher.sent().get(1).message().elements(OrderPlaced.class))
                .containsExactly(order.withEdgeId("edge-2"));
        publisher.confirm(1);
        assertThat(again.count()).isEqualTo(1);
    }

    @Test
    void publishesNothingAgainBeforeItsReportIsBack() {
        // Given
        confirmed(1);

        // When
        check(40);

        // Then
        assertThat(publisher.sent())
                .allSatisfy(each -> assertThat(each.message().type()).isEqualTo(MessageType.SALE_MARKER));
    }

    @Test
    void forgetsADecidedOrderWhoseAnswerWasLost() {
        // Given
        decided.add(confirmed(1).get(0).number());
        check(2);

        // When
        unanswered.reportBack(report(0));
        check(4);

        // Then
        assertThat(publisher.sent()).hasSize(1);
        assertThat(unanswered.size()).isZero();
    }

    @Test
    void leavesAnOrderThatMayBeADeadLetterUntilThereIsNone() {
        // Given
        confirmed(1);
        nothingSetAside = false;
        check(2);
        unanswered.reportBack(report(0));
        check(8);
        assertThat(publisher.sent()).hasSize(1);

        // When
        nothingSetAside = true;
        check(12);

        // Then
        assertThat(publisher.sent()).hasSize(2);
    }

    @Test
    void asksAgainWhereTheLedgerDoesNotAnswer() {
        // Given
        confirmed(1);
        ledgerAnswers = false;
        check(2);
        unanswered.reportBack(report(0));
        check(3);
        assertThat(publisher.sent()).hasSize(1);

        // When
        ledgerAnswers = true;
        check(2);

        // Then
        assertThat(publisher.sent()).hasSize(2);
    }

    @Test
    void publishesAgainWhereTheSecondPublicationIsLostToo() {
        // Given
        confirmed(1);
        check(2);
        unanswered.reportBack(report(0));
        check(2);
        publisher.confirm(1);

        // When
        check(2);
        unanswered.reportBack(report(2));
        check(2);

        // Then
        assertThat(publisher.sent()).hasSize(4);
        assertThat(publisher.sent().get(3).message().type()).isEqualTo(MessageType.ORDER_PLACED);
    }

    @Test
    void publishesAgainWhereThePublicationFails() {
        // Given
        confirmed(1);
        check(2);
        unanswered.reportBack(report(0));
        check(2);

        // When
        publisher.fail(1, PublishException.Kind.NACKED);
        check(2);

        // Then
        assertThat(publisher.sent()).hasSize(3);
        assertThat(again.count()).isZero();
    }

    @Test
    void reportsAnOrderThatIsAnsweredAfterItsReportAsDecided() {
        // Given
        OrderPlaced order = confirmed(1).get(0);
        check(2);

        // When
        unanswered.answered(order.requestId());
        check(2);

        // Then
        assertThat(publisher.sent().get(1).route()).isEqualTo(Route.command(MessageType.SALE_MARKER, SALE));
        assertThat(report(1).decided()).containsExactly(new OrderNumbers(order.number().stream(), 1, 1));
        decided.add(order.number());
        check(2);
        assertThat(publisher.sent()).hasSize(2);
        assertThat(unanswered.size()).isZero();
    }

    @Test
    void keepsAtMostSoManyOrders() {
        // When
        confirmed(UnansweredOrders.ORDERS_MAX + 1);

        // Then
        assertThat(unanswered.size()).isEqualTo(UnansweredOrders.ORDERS_MAX);
    }

    @Test
    void knowsAnOrderInItsQueueUntilItsReportIsBack() {
        // Given
        List<OrderPlaced> numbered = unanswered.number(SALE, orders(1));
        OrderPlaced order = numbered.get(0);
        assertThat(isQueued(order)).as("without a confirm").isFalse();

        // When, Then
        unanswered.confirmed(numbered);
        assertThat(isQueued(order)).isTrue();
        assertThat(isQueued(orders(1).get(0))).as("another order").isFalse();
        check(2);
        assertThat(isQueued(order)).as("reported").isTrue();
        unanswered.reportBack(report(0));
        assertThat(isQueued(order)).as("lost, or a dead letter").isFalse();
        assertThat(unanswered.isUndecided(order.orderId())).isTrue();
    }

    @Test
    void knowsAnOrderInItsQueueUntilItsAnswer() {
        // Given
        OrderPlaced order = confirmed(1).get(0);

        // When
        unanswered.answered(order.requestId());

        // Then
        assertThat(isQueued(order)).isFalse();
        assertThat(unanswered.isUndecided(order.orderId())).isFalse();
    }

    @Test
    void knowsAnUndecidedOrderAfterALaterRequestForItIsAnswered() {
        // Given
        OrderPlaced first = confirmed(1).get(0);
        check(2);
        unanswered.reportBack(report(0));
        OrderPlaced repeat = repeat(first);
        List<OrderPlaced> numbered = unanswered.number(SALE, List.of(repeat));
        unanswered.confirmed(numbered);

        // When, Then
        unanswered.answered(repeat.requestId());
        assertThat(unanswered.isUndecided(first.orderId())).isTrue();
        unanswered.answered(first.requestId());
        decided.add(first.number());
        check(3);
        assertThat(unanswered.isUndecided(first.orderId())).isFalse();
        assertThat(unanswered.size()).isZero();
    }

    private boolean isQueued(OrderPlaced order) {
        return unanswered.isQueued(order.orderId(), order.quantity());
    }

    @CanIgnoreReturnValue
    private List<OrderPlaced> confirmed(int count) {
        List<OrderPlaced> numbered = unanswered.number(SALE, orders(count));
        unanswered.confirmed(numbered);
        return numbered;
    }

    private void check(int times) {
        for (int i = 0; i < times; i++) {
            unanswered.check();
        }
    }

    private SaleMarker report(int message) {
        Element only = publisher.sent().get(message).message().elements().get(0);
        return (SaleMarker) only;
    }

    private static List<OrderPlaced> orders(int count) {
        return Stream.generate(() -> request(UUID.randomUUID())).limit(count).toList();
    }

    private static OrderPlaced repeat(OrderPlaced first) {
        return request(first.orderId());
    }

    private static OrderPlaced request(UUID orderId) {
        return new OrderPlaced(
                UUID.randomUUID(),
                orderId,
                "alice",
                1,
                "key",
                CounterKind.REDIS,
                1,
                1L,
                "edge-1",
                Instant.EPOCH,
                null,
                null);
    }
}
