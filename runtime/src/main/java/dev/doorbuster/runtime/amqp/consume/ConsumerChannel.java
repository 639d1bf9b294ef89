package dev.doorbuster.runtime.amqp.consume;

import com.rabbitmq.client.Channel;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.contracts.topology.Topology.Queue;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.BrokerConnection;
import dev.doorbuster.runtime.amqp.TopologyDeclaration;
import dev.doorbuster.runtime.amqp.deadletter.DeadLetterPublisher;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.batch.Batcher;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consuming connection, from open to close; never reopened. To be used on one event loop only. */
final class ConsumerChannel {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerChannel.class);

    /** Not below the largest number of sales consumed at once; each has at most one liveness check pending. */
    private static final int LIVENESS_CHECKS_MAX = 100_000;

    private final Vertx vertx;
    private final Context context;
    private final BrokerConfig config;
    private final BrokerConnection connection;
    private final Runnable whenEnded;
    private final AmqpPublisher deadLetters;
    private final MeterRegistry registry;
    private final List<QueueDispatcher> dispatchers = new ArrayList<>();
    private final List<Subscription> active = new ArrayList<>();
    /** One liveness check at a time, since each occupies a thread; calls made meanwhile share the next. */
    private final Batcher<Boolean, Void> livenessChecks;

    private Future<Void> subscribed = Future.succeededFuture();
    private boolean stopping;
    private boolean ended;

    /**
     * Creates a channel that is not open.
     *
     * @param whenEnded runs once if it ends without being stopped
     */
    ConsumerChannel(
            Vertx vertx,
            BrokerConfig config,
            String name,
            AmqpPublisher deadLetters,
            MeterRegistry registry,
            Runnable whenEnded) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.whenEnded = whenEnded;
        this.deadLetters = deadLetters;
        this.registry = registry;
        this.connection = new BrokerConnection(vertx, config, name + " consumer");
        this.livenessChecks = new Batcher<>(LIVENESS_CHECKS_MAX, LIVENESS_CHECKS_MAX, this::checkLiveness);
    }

    /** Connects and starts the subscriptions without delay; the others follow after their delays. */
    Future<Void> open(List<Subscription> subscriptions) {
        subscribed = connection.open(this::endSoon);
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
        Future<Void> declared = subscription.declares()
                ? connection.request(channel -> {
                    TopologyDeclaration.declare(channel, topology);
                    return null;
                })
                : Future.succeededFuture();
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
        Promise<String> narrow = Promise.promise();
        // Without a reply the queue would stay at the prefetch of one.
        QueueDispatcher dispatcher = dispatcher(
                queue, subscription, () -> narrow.future().compose(this::cancel).onFailure(cause -> end()));
        return consume(queue, 1, dispatcher)
                .onSuccess(narrow::complete)
                .compose(v -> consume(queue, prefetch(subscription), dispatcher))
                .mapEmpty();
    }

    private Future<String> consume(String queue, int prefetch, QueueDispatcher dispatcher) {
        return connection.consume(
                queue,
                prefetch,
                (tag, delivery) -> context.runOnContext(v -> dispatcher.deliver(delivery)),
                cancelled -> endSoon());
    }

    private Future<Void> cancel(String consumer) {
        return connection.request(channel -> {
            channel.basicCancel(consumer);
            return null;
        });
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

    public boolean isAlive() {
        return !ended && connection.isOpen();
    }

    /** Completes when the broker has answered a request, sent from now on, on this channel. */
    private Future<Void> answers() {
        return isAlive() ? livenessChecks.submit(true) : Future.failedFuture("the channel is closed");
    }

    /** {@code confirm.select} has a reply and changes nothing for a channel that only consumes. */
    private Future<List<Void>> checkLiveness(List<Boolean> callers) {
        return connection.request(Channel::confirmSelect).map(answered -> Collections.nCopies(callers.size(), null));
    }

    Future<Void> acknowledge(long deliveryTag) {
        return isAlive() ? connection.acknowledge(deliveryTag) : Future.failedFuture("the channel is closed");
    }

    Optional<String> problem() {
        return dispatchers.stream()
                .map(QueueDispatcher::problem)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void endSoon() {
        context.runOnContext(v -> end());
    }

    /** Closes without draining; the broker redelivers what was not acknowledged. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        active.forEach(each -> each.onLost().run());
        Future<Void> unused = connection.close();
        whenEnded.run();
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
                    return connection.close();
                });
    }
}
