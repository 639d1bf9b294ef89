package dev.doorbuster.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.Orders;
import dev.doorbuster.runtime.amqp.consume.DataException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SaleBatchTest {
    private final Orders orders = new Orders(CounterKind.REDIS, 1);
    private final SaleId sale = Orders.newSale();

    private static SaleBatch of(Message... messages) {
        return SaleBatch.of(new MessageBatch(List.of(messages)));
    }

    private static SaleBatch.Orders orders(List<OrderPlaced> placed) {
        return new SaleBatch.Orders(CounterKind.REDIS, placed, Set.of());
    }

    @Test
    void putsTheOrdersTogetherAndKeepsTheirSequence() {
        // Given
        List<OrderPlaced> first = orders.crowd("a", 2);
        List<OrderPlaced> second = orders.crowd("c", 2);

        // When
        SaleBatch work = of(Message.of(sale, first), Message.of(sale, second));

        // Then
        var together = List.of(first.get(0), first.get(1), second.get(0), second.get(1));
        assertThat(work).isEqualTo(new SaleBatch(sale, List.of(orders(together))));
    }

    @Test
    void leavesMarkersOut() {
        // Given
        List<OrderPlaced> before = orders.crowd("a", 2);
        var marker = new SaleMarker(UUID.randomUUID(), "edge-1");
        List<OrderPlaced> after = orders.crowd("b", 1);

        // When
        SaleBatch work = of(Message.of(sale, before), Message.of(sale, marker), Message.of(sale, after));

        // Then
        var together = List.of(before.get(0), before.get(1), after.get(0));
        assertThat(work).isEqualTo(new SaleBatch(sale, List.of(orders(together))));
    }

    @Test
    void marksTheRequestsOfARedeliveredMessage() {
        // Given
        Message redelivered = Message.of(sale, orders.crowd("a", 2));
        Message fresh = Message.of(sale, orders.crowd("b", 1));

        // When
        SaleBatch work = SaleBatch.of(
                new MessageBatch(List.of(redelivered, fresh), Set.of(redelivered.id()), Future::succeededFuture));

        // Then
        Set<UUID> again = redelivered.elements(OrderPlaced.class).stream()
                .map(OrderPlaced::requestId)
                .collect(Collectors.toSet());
        assertThat(work.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.again()).isEqualTo(again));
    }

    @Test
    void doesNotMixCounters() {
        // Given
        OrderPlaced inMemcached = new Orders(CounterKind.MEMCACHED, 1).by("m");
        OrderPlaced inRedis = orders.by("r");

        // When
        SaleBatch work = of(Message.of(sale, List.of(inMemcached, inRedis)));

        // Then
        assertThat(work.steps())
                .containsExactly(
                        new SaleBatch.Orders(CounterKind.MEMCACHED, List.of(inMemcached), Set.of()),
                        orders(List.of(inRedis)));
    }

    @Test
    void treatsAnUnexpectedTypeAsADataError() {
        // Given
        var stray = Message.of(sale, new SaleRecount(SaleRecount.Cause.MISSING));

        // When, Then
        assertThatThrownBy(() -> of(stray)).isInstanceOf(DataException.class);
    }
}
