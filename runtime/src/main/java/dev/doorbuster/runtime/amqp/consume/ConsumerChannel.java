package dev.doorbuster.runtime.amqp.consume;

import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.contracts.topology.Topology.Binding;
import dev.doorbuster.contracts.topology.Topology.Queue;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.BrokerConnection;
import dev.doorbuster.runtime.amqp.deadletter.DeadLetterPublisher;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.batch.Batcher;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQConsumer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consuming connection, from open to close; never reopened.
 *
 * <p>The reconnect of the Vert.x client is off: it would acknowledge an old delivery tag on the new channel, where the same
 * number may be an unhandled message; it would lose the prefetch; and it would restore a consumer that was not cancelled. One
 * client per connection guarantees that an acknowledgement only reaches the channel that delivered.
 */
final class ConsumerChannel {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerChannel.class);

    /** Not below the largest number of sales consumed at once; each has at most one liveness check pending. */
    private static final int LIVENESS_CHECKS_MAX = 100_000;

    private final Vertx vertx;
    private final BrokerConfig config;
    private final BrokerConnection connection;
    private final RabbitMQClient client;
    private final AmqpPublisher deadLetters;
    private final MeterRegistry registry;
    private final List<RabbitMQConsumer> consumers = new ArrayList<>();
    private final List<QueueDispatcher> dispatchers = new ArrayList<>();
    private final List<Subscription> active = new ArrayList<>();
    /** One liveness check at a time, since each occupies a thread; calls made meanwhile share the next. */
    private final Batcher<Boolean, Void> livenessChecks;

    private Future<Void> subscribed = Future.succeededFuture();
    private Future<Void> closed;
    private boolean stopping;
    private boolean ended;

    ConsumerChannel(Vertx vertx, BrokerConfig config, String name, AmqpPublisher deadLetters, MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config;
        this.deadLetters = deadLetters;
        this.registry = registry;
        this.connection = new BrokerConnection(vertx, config, name + " consumer");
        this.client = connection.client();
        this.livenessChecks = new Batcher<>(LIVENESS_CHECKS_MAX, LIVENESS_CHECKS_MAX, this::checkLiveness);
    }

    /** Connects and starts the subscriptions without delay; the others follow after their delays. */
    Future<Void> open(List<Subscription> subscriptions) {
        subscribed = connection.open();
        for (Subscription each : subscriptions) {
            if (each.delay().isZero()) {
                subscribe(each);
            }
        }
        return subscribed.onSuccess(v ->
                subscriptions.stream().filter(each -> !each.delay().isZero()).forEach(this::subscribeLater));
    }

    private void subscribeLater(Subscription subscription) {
        vertx.timer(subscription.delay().toMillis())
                .compose(v -> {
                    if (isAlive()) {
                        subscribe(subscription);
                    }
                    return subscribed;
                })
                .onFailure(cause -> {
                    LOG.warn("cannot subscribe: {}", cause.toString());
                    end();
                });
    }

    /** One after the other: a prefetch holds for all consumers started on the channel until the next {@code basic.qos}. */
    private void subscribe(Subscription subscription) {
        subscribed = subscribed.compose(v -> begin(subscription));
    }

    private Future<Void> begin(Subscription subscription) {
        Topology topology = subscription.topology().get();
        Queue queue = topology.queues().get(0);
        Future<Void> declared = subscription.declares() ? declare(topology) : Future.succeededFuture();
        return declared.compose(v -> queue.singleActiveConsumer()
                        ? readNarrowlyAtFirst(queue.name(), subscription)
                        : readWidely(queue.name(), subscription))
                .onSuccess(v -> {
                    active.add(subscription);
                    subscription.onActive().run();
                });
    }

    private Future<Void> readWidely(String queue, Subscription subscription) {
        QueueDispatcher dispatcher = dispatcher(queue, subscription, Future::succeededFuture);
        return consume(queue, prefetch(subscription), dispatcher).mapEmpty();
    }

    private int prefetch(Subscription subscription) {
        return subscription.prefetch().orElse(config.prefetch());
    }

    /**
     * Starts two consumers. The second waits until the first, with prefetch one, is cancelled. It is next in the broker's list,
     * before the standby of any other instance, so that the queue stays on this instance.
     */
    private Future<Void> readNarrowlyAtFirst(String queue, Subscription subscription) {
        Promise<RabbitMQConsumer> narrow = Promise.promise();
        // Without a reply the queue would stay at the prefetch of one.
        QueueDispatcher dispatcher = dispatcher(
                queue,
                subscription,
                () -> narrow.future()
                        .compose(consumer -> connection.within("basic.cancel of " + queue, cancel(consumer)))
                        .onFailure(cause -> end()));
        return consume(queue, 1, dispatcher)
                .onSuccess(narrow::complete)
                .compose(v -> consume(queue, prefetch(subscription), dispatcher))
                .mapEmpty();
    }

    private Future<RabbitMQConsumer> consume(String queue, int prefetch, QueueDispatcher dispatcher) {
        // Holds the full prefetch: a delivery that overflows the client's buffer would be lost until a restart.
        var options = new QueueOptions().setAutoAck(false).setMaxInternalQueueSize(prefetch + 1);
        return connection
                .within("basic.qos", client.basicQos(prefetch))
                .compose(v -> connection.within(
                        "basic.consume of " + queue,
                        client.basicConsumer(queue, options).onSuccess(consumer -> {
                            // Attached in the same event-loop turn: the client drops deliveries without a handler.
                            consumer.handler(dispatcher::deliver);
                            consumer.endHandler(cancelled -> end());
                            consumers.add(consumer);
                        })));
    }

    private QueueDispatcher dispatcher(String queue, Subscription subscription, Supplier<Future<Void>> widen) {
        var metrics = new ConsumeMetrics(registry, queue);
        var dispatcher = new QueueDispatcher(
                queue,
                this,
                () -> new DeadLetterPublisher(queue, subscription.retries(), deadLetters, metrics),
                box -> new FailurePolicy(
                        vertx, config, queue, subscription.handler(), box, () -> isAlive() && !stopping, this::answers),
                new PoisonMessageGuard(vertx, config.retryMax(), widen),
                metrics);
        dispatchers.add(dispatcher);
        return dispatcher;
    }

    private Future<Void> declare(Topology topology) {
        Future<Void> declared = Future.succeededFuture();
        for (Queue each : topology.queues()) {
            declared = declared.compose(v -> connection
                    .within(
                            "queue.declare of " + each.name(),
                            client.queueDeclare(
                                    each.name(),
                                    each.durable(),
                                    each.exclusive(),
                                    each.exclusive(),
                                    new JsonObject(each.arguments())))
                    .mapEmpty());
        }
        for (Binding each : topology.bindings()) {
            declared = declared.compose(v -> connection.within(
                    "queue.bind of " + each.queue(),
                    client.queueBind(each.queue(), each.exchange(), each.routingKey())));
        }
        return declared;
    }

    public boolean isAlive() {
        return !ended && client.isOpenChannel();
    }

    /** Completes when the broker has answered a request, sent from now on, on this channel. */
    private Future<Void> answers() {
        return isAlive() ? livenessChecks.submit(true) : Future.failedFuture("the channel is closed");
    }

    /** {@code confirm.select} has a reply and changes nothing for a channel that only consumes. */
    private Future<List<Void>> checkLiveness(List<Boolean> callers) {
        return connection
                .within("a liveness check", client.confirmSelect())
                .map(answered -> Collections.nCopies(callers.size(), null));
    }

    Future<Void> acknowledge(long deliveryTag) {
        return isAlive() ? client.basicAck(deliveryTag, false) : Future.failedFuture("the channel is closed");
    }

    Optional<String> problem() {
        return dispatchers.stream()
                .map(QueueDispatcher::problem)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Closes without draining; the broker redelivers what was not acknowledged. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        active.forEach(each -> each.onLost().run());
        Future<Void> unused = closeAndForget();
    }

    /** The client starts the consumers of a lost connection again and again, unless they are cancelled. */
    private Future<Void> closeAndForget() {
        return close().onSuccess(closed -> {
            Future<Void> unused = cancelAll();
        });
    }

    /** Consumers that the client would start again. */
    int consumers() {
        return consumers.size();
    }

    /** Closes once. */
    private Future<Void> close() {
        if (closed == null) {
            closed = connection.close().otherwise(cause -> {
                LOG.debug("the connection had ended when it was closed: {}", cause.toString());
                return null;
            });
        }
        return closed;
    }

    /**
     * Waits for running batches without retrying them, and closes. The consumers are not cancelled before: the broker would
     * deliver newer messages to the next single active consumer while this one still has older ones.
     */
    Future<Void> stop() {
        stopping = true;
        return Future.join(dispatchers.stream().map(QueueDispatcher::drain).toList())
                .transform(drained -> {
                    ended = true;
                    return closeAndForget();
                });
    }

    /** In reverse order: a waiting consumer with full prefetch must not become active now. */
    private Future<Void> cancelAll() {
        var lastFirst = new ArrayList<>(consumers);
        Collections.reverse(lastFirst);
        return Future.join(lastFirst.stream().map(this::cancel).toList()).mapEmpty();
    }

    /** Blocks in the client, so it runs on a worker thread. */
    private Future<Void> cancel(RabbitMQConsumer consumer) {
        consumers.remove(consumer);
        consumer.endHandler(v -> {});
        return vertx.executeBlocking(() -> {
            Future<Void> cancelled = consumer.cancel();
            if (cancelled.failed()) {
                LOG.debug(
                        "cannot cancel the consumer of {}: {}",
                        consumer.queueName(),
                        String.valueOf(cancelled.cause()));
            }
            return null;
        });
    }
}
