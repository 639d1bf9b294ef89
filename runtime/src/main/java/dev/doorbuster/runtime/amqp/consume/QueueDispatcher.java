package dev.doorbuster.runtime.amqp.consume;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.MessageCodec.UndecodableMessageException;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.deadletter.DeadLetterPublisher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the messages of one queue to its handler and acknowledges them on the channel that delivered them. Deliveries of a
 * closed channel are dropped: the broker redelivers them.
 *
 * <p>Each sale has its own {@link SaleQueue} with one batch at a time, so that its messages stay in order and a blocked sale does
 * not block others. All sales together hold no more than the prefetch; a blocked sale delays the others only once its messages
 * fill the prefetch.
 */
final class QueueDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(QueueDispatcher.class);

    private final String queue;
    private final ConsumerChannel channel;
    private final Supplier<DeadLetterPublisher> deadLetterBoxes;
    private final Function<DeadLetterPublisher, FailurePolicy> policies;
    private final PoisonMessageGuard guard;
    private final ConsumeMetrics metrics;
    /** Changed on the event loop only; health checks read it on any thread. */
    private final Map<SaleId, SaleQueue> saleQueues = new ConcurrentHashMap<>();

    private final DeadLetterPublisher undecodable;
    private final FailurePolicy undecodablePolicy;
    private Future<Void> undecodableKept = Future.succeededFuture();

    private record Delivered(RabbitMQMessage delivery, Message message) {
        long tag() {
            return delivery.envelope().getDeliveryTag();
        }

        boolean isRedelivered() {
            return delivery.envelope().isRedeliver();
        }
    }

    QueueDispatcher(
            String queue,
            ConsumerChannel channel,
            Supplier<DeadLetterPublisher> deadLetterBoxes,
            Function<DeadLetterPublisher, FailurePolicy> policies,
            PoisonMessageGuard guard,
            ConsumeMetrics metrics) {
        this.queue = queue;
        this.channel = channel;
        this.deadLetterBoxes = deadLetterBoxes;
        this.policies = policies;
        this.guard = guard;
        this.metrics = metrics;
        this.undecodable = deadLetterBoxes.get();
        this.undecodablePolicy = policies.apply(undecodable);
    }

    void deliver(RabbitMQMessage delivery) {
        String type = delivery.properties().getType();
        byte[] body = delivery.body().getBytes();
        try {
            Message message = MessageCodec.decode(type, body);
            saleQueues.computeIfAbsent(message.sale(), SaleQueue::new).add(new Delivered(delivery, message));
        } catch (UndecodableMessageException e) {
            LOG.error("{}: dead-lettered: {}", queue, e.getMessage());
            deadLetterUndecodable(delivery, e.getMessage());
        }
    }

    Optional<String> problem() {
        return Stream.concat(
                        Stream.of(undecodablePolicy),
                        saleQueues.values().stream().map(saleQueue -> saleQueue.policy))
                .flatMap(policy -> policy.problem().stream())
                .findFirst();
    }

    /** Drops what was not started; completes when the running batches are done. */
    Future<Void> drain() {
        var begun = new ArrayList<Future<?>>();
        begun.add(undecodableKept);
        for (SaleQueue saleQueue : saleQueues.values()) {
            saleQueue.waiting.clear();
            begun.add(saleQueue.busy.future());
        }
        return Future.join(begun).mapEmpty();
    }

    /** An undecodable message is dead-lettered before it is acknowledged. */
    private void deadLetterUndecodable(RabbitMQMessage delivery, String why) {
        undecodableKept = undecodableKept
                .transform(before -> undecodablePolicy.retryUntilDone(() -> undecodable.keepUndecodable(delivery, why)))
                .compose(kept -> guard.after(List.of(delivery)))
                .compose(v -> channel.acknowledge(delivery.envelope().getDeliveryTag()))
                .onFailure(this::closeForRedelivery);
    }

    /** The broker redelivers only when the channel ends; while it is open the messages would stay unacknowledged. */
    private void closeForRedelivery(Throwable cause) {
        LOG.info("{}: closing the channel for a redelivery: {}", queue, cause.toString());
        channel.end();
    }

    private final class SaleQueue {
        private final SaleId sale;
        private final DeadLetterPublisher box = deadLetterBoxes.get();
        private final FailurePolicy policy = policies.apply(box);
        private final ArrayDeque<Delivered> waiting = new ArrayDeque<>();
        private Promise<Void> busy;

        SaleQueue(SaleId sale) {
            this.sale = sale;
        }

        void add(Delivered delivered) {
            waiting.add(delivered);
            if (busy == null) {
                gather();
            }
        }

        private void gather() {
            List<Delivered> gathered = List.copyOf(waiting);
            waiting.clear();
            busy = Promise.promise();
            List<RabbitMQMessage> deliveries =
                    gathered.stream().map(Delivered::delivery).toList();
            guard.before(deliveries)
                    .compose(v -> handle(gathered))
                    .compose(handled -> guard.after(deliveries).map(handled))
                    .compose(handled -> acknowledge(gathered).map(handled))
                    .onSuccess(this::afterwards)
                    .onFailure(cause -> closeForRedelivery(cause))
                    .onComplete(done -> continueOrEnd());
        }

        private Future<List<MessageBatch>> handle(List<Delivered> gathered) {
            box.forgetAll();
            gathered.forEach(each -> box.remember(each.message(), each.delivery()));
            List<Message> messages = gathered.stream().map(Delivered::message).toList();
            metrics.gathered(messages);
            Set<UUID> redelivered = gathered.stream()
                    .filter(Delivered::isRedelivered)
                    .map(each -> each.message().id())
                    .collect(Collectors.toSet());
            return policy.handle(messages, redelivered);
        }

        private Future<Void> acknowledge(List<Delivered> gathered) {
            return Future.join(gathered.stream()
                            .map(each -> channel.acknowledge(each.tag()))
                            .toList())
                    .mapEmpty();
        }

        private void afterwards(List<MessageBatch> handled) {
            if (channel.isAlive()) {
                handled.forEach(MessageBatch::acknowledged);
            }
        }

        private void continueOrEnd() {
            Promise<Void> ended = busy;
            if (!waiting.isEmpty() && channel.isAlive()) {
                gather();
            } else {
                saleQueues.remove(sale);
            }
            ended.complete();
        }
    }
}
