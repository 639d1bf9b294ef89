package dev.doorbuster.order.edge;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.health.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The broker for a warm-up edge: every message, whatever its route, goes to the edge's own reply queue, where its
 * orders are consumed, accepted and answered. The queue is exclusive to this connection and ends with it.
 */
final class WarmUpBroker implements Publisher {
    private static final String NAME = "warm-up";

    private final Vertx vertx;
    private final SaleView sale;
    private final String edgeId = NAME + "-" + UUID.randomUUID();
    private AmqpPublisher publisher;
    private AmqpConsumer consumer;

    WarmUpBroker(Vertx vertx, SaleView sale) {
        this.vertx = vertx;
        this.sale = sale;
    }

    String edgeId() {
        return edgeId;
    }

    /** Opens its own connection with its own meters, so that its messages are not counted. */
    Future<WarmUpBroker> start(BrokerConfig broker, MeterRegistry meters, Consumer<OrderAnswered> answered) {
        var queue = Subscription.exclusive(
                () -> DoorbusterTopology.replies(edgeId),
                batch -> {
                    take(batch, answered);
                    return Future.succeededFuture();
                },
                () -> {},
                () -> {});
        return AmqpPublisher.start(vertx, broker, NAME, Topology.NONE, new Health(), meters)
                .onSuccess(started -> publisher = started)
                .compose(started ->
                        AmqpConsumer.start(vertx, broker, NAME, List.of(queue), started, new Health(), meters))
                .onSuccess(started -> consumer = started)
                .map(this);
    }

    Future<Void> stop() {
        return consumer.stop().eventually(publisher::stop);
    }

    @Override
    public Future<Void> publish(Route route, Message message) {
        return publisher.publish(Route.reply(edgeId), message);
    }

    @Override
    public void tell(Route route, Message message) {
        publisher.tell(Route.reply(edgeId), message);
    }

    @Override
    public boolean isOpen() {
        return publisher.isOpen();
    }

    private void take(MessageBatch batch, Consumer<OrderAnswered> answered) {
        var answers = new ArrayList<OrderAnswered>();
        for (Message message : batch.messages()) {
            for (Element element : message.elements()) {
                if (element instanceof OrderPlaced placed) {
                    answers.add(accepted(placed));
                } else if (element instanceof OrderAnswered answer) {
                    answered.accept(answer);
                }
            }
        }
        Message.split(sale.saleId(), answers).forEach(message -> tell(Route.reply(edgeId), message));
    }

    private OrderAnswered accepted(OrderPlaced placed) {
        Instant now = Instant.now();
        var order = new OrderView(
                placed.orderId(),
                sale.saleId(),
                placed.buyer(),
                placed.quantity(),
                OrderStatus.RESERVED,
                null,
                sale.priceCents() * placed.quantity(),
                now,
                now.plusSeconds(sale.holdSeconds()));
        return new OrderAnswered(
                placed.requestId(), placed.orderId(), OrderAnswered.Verdict.ACCEPTED, null, order, false, null);
    }
}
