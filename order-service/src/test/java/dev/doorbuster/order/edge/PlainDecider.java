package dev.doorbuster.order.edge;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.health.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Replaces the decider: grants, refuses or keeps orders as the test demands. */
final class PlainDecider implements BatchHandler {
    private final AmqpPublisher publisher;
    private final Map<SaleId, RefusalReason> refusals = new ConcurrentHashMap<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger markers = new AtomicInteger();
    private volatile Promise<Void> open = Promise.promise();

    private record Seen(SaleId sale, OrderPlaced order) {}

    private PlainDecider(AmqpPublisher publisher) {
        this.publisher = publisher;
        open.complete();
    }

    static Future<PlainDecider> start(Vertx vertx, BrokerConfig broker, MeterRegistry metrics) {
        var health = new Health();
        return AmqpPublisher.start(vertx, broker, "plain-decider", DoorbusterTopology.durable(), health, metrics)
                .compose(publisher -> {
                    var decider = new PlainDecider(publisher);
                    List<Subscription> partitions = DoorbusterTopology.partitions(DoorbusterTopology::orders).stream()
                            .map(queue -> Subscription.to(queue, decider))
                            .toList();
                    return AmqpConsumer.start(vertx, broker, "plain-decider", partitions, publisher, health, metrics)
                            .map(decider);
                });
    }

    AmqpPublisher publisher() {
        return publisher;
    }

    void refuse(SaleId sale, RefusalReason reason) {
        refusals.put(sale, reason);
    }

    /** Keeps all messages until {@link #resume()}. */
    void pause() {
        open = Promise.promise();
    }

    void resume() {
        open.tryComplete();
    }

    List<OrderPlaced> seen() {
        return seen.stream().map(Seen::order).toList();
    }

    /** Orders of this sale, granted or kept. */
    List<OrderPlaced> seen(SaleId sale) {
        return seen.stream()
                .filter(each -> each.sale().equals(sale))
                .map(Seen::order)
                .toList();
    }

    /** Number of markers, forwarded or kept. */
    int markers() {
        return markers.get();
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        Future<Void> passed = open.future();
        batch.messages().stream()
                .filter(message -> message.type() == MessageType.SALE_MARKER)
                .forEach(message -> markers.incrementAndGet());
        batch.messages().stream()
                .filter(message -> message.type() == MessageType.ORDER_PLACED)
                .forEach(message -> message.elements(OrderPlaced.class)
                        .forEach(order -> seen.add(new Seen(message.sale(), order))));
        for (Message message : batch.messages()) {
            passed = passed.compose(done -> decide(message));
        }
        return passed;
    }

    private Future<Void> decide(Message message) {
        if (message.type() == MessageType.SALE_MARKER) {
            return pass(Message.of(message.sale(), message.elements(SaleMarker.class)));
        }
        List<OrderPlaced> orders = message.elements(OrderPlaced.class);
        RefusalReason reason = refusals.get(message.sale());
        if (reason == null) {
            return pass(Message.of(
                    message.sale(),
                    orders.stream()
                            .map(order -> OrderGranted.of(order, true, 1))
                            .toList()));
        }
        orders.forEach(order -> publisher.tell(
                Route.reply(order.edgeId()), Message.of(message.sale(), OrderAnswered.refused(order, reason))));
        return Future.succeededFuture();
    }

    private Future<Void> pass(Message message) {
        return publisher.publish(Route.command(message), message);
    }
}
