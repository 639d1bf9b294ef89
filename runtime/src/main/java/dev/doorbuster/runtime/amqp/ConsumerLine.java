package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.topology.Binding;
import dev.doorbuster.contracts.topology.Queue;
import dev.doorbuster.contracts.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to consume on, from its opening to its end; never reopened.
 *
 * <p>The Vert.x client can reconnect by itself, and must not here: it would acknowledge an old delivery's tag on the new
 * channel, where the same number may stand for a message not yet handled; it would forget the prefetch; and a consumer
 * that was not cancelled would come back from the dead. So each client lives for one connection, and an acknowledgement
 * can only reach the channel that delivered.
 */
final class ConsumerLine {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLine.class);

    private final Vertx vertx;
    private final BrokerConfig config;
    private final RabbitMQClient client;
    private final AmqpPublisher deadLetters;
    private final MeterRegistry registry;
    private final List<RabbitMQConsumer> consumers = new ArrayList<>();
    private final List<QueueReader> readers = new ArrayList<>();
    private final List<Subscription> active = new ArrayList<>();
    private boolean stopping;
    private boolean ended;

    ConsumerLine(Vertx vertx, BrokerConfig config, String name, AmqpPublisher deadLetters, MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config;
        this.deadLetters = deadLetters;
        this.registry = registry;
        this.client = RabbitMQClient.create(vertx, config.singleConnection(name + " consumer"));
    }

    /** Connects and subscribes to what is due at once; the others follow after their delays. */
    Future<Void> open(List<Subscription> subscriptions) {
        Future<Void> opened = client.start().compose(v -> client.basicQos(config.prefetch()));
        for (Subscription each : subscriptions) {
            if (each.delay().isZero()) {
                opened = opened.compose(v -> subscribe(each));
            }
        }
        return opened.onSuccess(v ->
                subscriptions.stream().filter(each -> !each.delay().isZero()).forEach(this::subscribeLater));
    }

    private void subscribeLater(Subscription subscription) {
        vertx.timer(subscription.delay().toMillis())
                .compose(v -> isAlive() ? subscribe(subscription) : Future.succeededFuture())
                .onFailure(cause -> {
                    LOG.warn("subscribing failed: {}", cause.toString());
                    end();
                });
    }

    private Future<Void> subscribe(Subscription subscription) {
        Topology topology = subscription.topology().get();
        Queue queue = topology.queues().get(0);
        Future<Void> declared = queue.exclusive() ? declare(queue, topology.bindings()) : Future.succeededFuture();
        // Room for all that the prefetch allows: what overflows the client's own buffer would be lost until a restart.
        var options = new QueueOptions().setAutoAck(false).setMaxInternalQueueSize(config.prefetch() + 1);
        return declared.compose(v -> client.basicConsumer(queue.name(), options))
                .map(consumer -> {
                    // Attached in the same turn of the loop: a delivery without a handler is dropped by the client.
                    QueueReader reader = reader(queue.name(), subscription.handler());
                    consumer.handler(reader::deliver);
                    consumer.endHandler(cancelled -> end());
                    consumers.add(consumer);
                    readers.add(reader);
                    active.add(subscription);
                    subscription.onActive().run();
                    return null;
                });
    }

    private QueueReader reader(String queue, GatheringHandler handler) {
        var metrics = new ConsumeMetrics(registry, queue);
        return new QueueReader(queue, this, deadLetters, () -> policy(queue, handler), metrics);
    }

    private FailurePolicy policy(String queue, GatheringHandler handler) {
        return new FailurePolicy(
                vertx,
                config,
                queue,
                handler,
                (culprit, reason) -> deadLetters.publish(Outgoing.deadLetter(queue, culprit, reason)),
                () -> isAlive() && !stopping);
    }

    private Future<Void> declare(Queue queue, List<Binding> bindings) {
        Future<Void> declared = client.queueDeclare(
                        queue.name(), queue.durable(), queue.exclusive(), true, new JsonObject(queue.arguments()))
                .mapEmpty();
        for (Binding each : bindings) {
            declared = declared.compose(v -> client.queueBind(each.queue(), each.exchange(), each.routingKey()));
        }
        return declared;
    }

    boolean isAlive() {
        return !ended && client.isOpenChannel();
    }

    Future<Void> acknowledge(long deliveryTag) {
        return isAlive() ? client.basicAck(deliveryTag, false) : Future.failedFuture("the channel is gone");
    }

    Optional<String> problem() {
        return readers.stream()
                .map(QueueReader::problem)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Gives up the connection as it is; the broker delivers again what was not acknowledged. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        active.forEach(each -> each.onLost().run());
        client.stop().onFailure(cause -> LOG.debug("closing a dead connection: {}", cause.toString()));
    }

    /** Takes nothing more, lets what has been begun end but tries nothing again, and closes. */
    Future<Void> stop() {
        stopping = true;
        return cancel().transform(v ->
                        Future.join(readers.stream().map(QueueReader::drain).toList()))
                .transform(drained -> {
                    ended = true;
                    return client.stop();
                });
    }

    /** Cancelling is a blocking call of the client, so it leaves the event loop. */
    private Future<Void> cancel() {
        return vertx.executeBlocking(() -> {
            for (RabbitMQConsumer consumer : consumers) {
                consumer.endHandler(v -> {});
                Future<Void> cancelled = consumer.cancel();
                if (cancelled.failed()) {
                    LOG.debug(
                            "cancelling {}: {}",
                            consumer.queueName(),
                            cancelled.cause().toString());
                }
            }
            return null;
        });
    }
}
