package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.Futures;
import dev.doorbuster.counter.Orders;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.start.EventLoop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The counterparts of the decider: an entrance, a ledger that answers recount requests, and an edge that receives answers. */
final class Surroundings {
    private final AmqpPublisher publisher;
    private final Map<SaleId, SaleCounted> recounts = new ConcurrentHashMap<>();
    private final List<Message> atLedger = new CopyOnWriteArrayList<>();
    private final List<Message> atEdge = new CopyOnWriteArrayList<>();
    private final List<AmqpConsumer> consumers = new ArrayList<>();

    private Surroundings(AmqpPublisher publisher) {
        this.publisher = publisher;
    }

    static Surroundings start(Vertx vertx, RealServers servers) {
        var config = BrokerConfig.fromEnv(new Environment(servers.variables()));
        var publisher = Futures.await(AmqpPublisher.start(
                vertx, config, "test", DoorbusterTopology.durable(), new Health(), new SimpleMeterRegistry()));
        var around = new Surroundings(publisher);
        var subscriptions = new ArrayList<Subscription>();
        DoorbusterTopology.partitions(DoorbusterTopology::ledger)
                .forEach(queue -> subscriptions.add(Subscription.to(queue, around::takeAtLedger)));
        Topology replies = DoorbusterTopology.replies(Orders.EDGE);
        subscriptions.add(Subscription.exclusive(() -> replies, around::takeAtEdge, () -> {}, () -> {}));
        around.consumers.add(Futures.await(EventLoop.call(
                vertx,
                () -> AmqpConsumer.start(
                        vertx, config, "test", subscriptions, publisher, new Health(), new SimpleMeterRegistry()))));
        return around;
    }

    void stop() {
        consumers.forEach(each -> Futures.await(each.stop()));
        Futures.await(publisher.stop());
    }

    /** The ledger's answer to a recount request. */
    void recountOf(SaleId sale, SaleCounted counted) {
        recounts.put(sale, counted);
    }

    void count(SaleId sale, SaleCounted counted) {
        recountOf(sale, counted);
        Futures.await(command(sale, counted));
    }

    Future<Void> command(SaleId sale, Element element) {
        Message message = Message.of(sale, element);
        return publisher.publish(Route.command(message), message);
    }

    Future<Void> enter(SaleId sale, List<? extends Element> elements) {
        return Future.join(Message.split(sale, elements).stream()
                        .map(message -> publisher.publish(Route.entrance(sale), message))
                        .toList())
                .mapEmpty();
    }

    /** All messages of one sale that the ledger received, in order. */
    List<Element> atLedger(SaleId sale) {
        return elements(atLedger, sale);
    }

    <E extends Element> List<E> atLedger(SaleId sale, Class<E> type) {
        return atLedger(sale).stream().filter(type::isInstance).map(type::cast).toList();
    }

    <E extends Element> List<E> atEdge(SaleId sale, Class<E> type) {
        return elements(atEdge, sale).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static List<Element> elements(List<Message> messages, SaleId sale) {
        return messages.stream()
                .filter(message -> message.sale().equals(sale))
                .<Element>flatMap(message -> message.elements().stream())
                .toList();
    }

    private Future<Void> takeAtLedger(MessageBatch batch) {
        atLedger.addAll(batch.messages());
        return Future.join(batch.messages().stream()
                        .filter(message -> message.type() == MessageType.SALE_RECOUNT)
                        .map(this::answerRecount)
                        .toList())
                .mapEmpty();
    }

    private Future<Void> answerRecount(Message asked) {
        SaleCounted counted = recounts.get(asked.sale());
        return counted == null ? Future.succeededFuture() : command(asked.sale(), counted);
    }

    private Future<Void> takeAtEdge(MessageBatch batch) {
        atEdge.addAll(batch.messages());
        return Future.succeededFuture();
    }
}
