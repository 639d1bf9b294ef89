package dev.doorbuster.runtime.amqp.consume;

import com.rabbitmq.client.Delivery;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.MessageCodec.UndecodableMessageException;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.deadletter.DeadLetterPublisher;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * fill the prefetch. A message that {@linkplain Message#followedSales() follows} other sales is handled once their messages
 * before it are.
 */
final class QueueDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(QueueDispatcher.class);
    /** Of one batch, and so of one transaction of the ledger. */
    private static final int BATCH_ELEMENTS_MAX = 8 * Limits.MESSAGE_ELEMENTS_MAX;

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
    private boolean stopping;

    /** Completed when the message is handled and acknowledged; failed if the broker delivers it again. */
    private record Delivered(Delivery delivery, Message message, Promise<Void> handled) {
        long tag() {
            return delivery.getEnvelope().getDeliveryTag();
        }

        boolean isRedelivered() {
            return delivery.getEnvelope().isRedeliver();
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

    void deliver(Delivery delivery) {
        if (stopping) {
            return;
        }
        String type = delivery.getProperties().getType();
        byte[] body = delivery.getBody();
        try {
            Message message = MessageCodec.decode(type, body);
            accept(new Delivered(delivery, message, Promise.promise()));
        } catch (UndecodableMessageException e) {
            LOG.error("{}: dead-lettered: {}", queue, e.getMessage());
            deadLetterUndecodable(delivery, e.getMessage());
        }
    }

    private void accept(Delivered delivered) {
        List<SaleId> followed = delivered.message().followedSales();
        if (followed.isEmpty()) {
            add(delivered);
            return;
        }
        List<Future<Void>> before = followed.stream()
                .map(saleQueues::get)
                .filter(Objects::nonNull)
                .map(SaleQueue::handled)
                .toList();
        // If one fails, the broker delivers it again, behind them.
        Future<?> unused = Future.all(before).onSuccess(handled -> {
            if (!stopping && channel.isAlive()) {
                add(delivered);
            }
        });
    }

    private void add(Delivered delivered) {
        saleQueues.computeIfAbsent(delivered.message().sale(), SaleQueue::new).add(delivered);
    }

    Optional<String> problem() {
        return Stream.concat(
                        Stream.of(undecodablePolicy),
                        saleQueues.values().stream().map(saleQueue -> saleQueue.policy))
                .flatMap(policy -> policy.problem().stream())
                .findFirst();
    }

    /** Starts no further batch; completes when the running ones are done. */
    Future<Void> drain() {
        stopping = true;
        var begun = new ArrayList<Future<?>>();
        begun.add(undecodableKept);
        saleQueues
                .values()
                .forEach(
                        saleQueue -> begun.add(last(saleQueue.running).handled().future()));
        return Future.join(begun).mapEmpty();
    }

    /** An undecodable message is dead-lettered before it is acknowledged. */
    private void deadLetterUndecodable(Delivery delivery, String why) {
        undecodableKept = undecodableKept
                .transform(before -> undecodablePolicy.retryUntilDone(() -> undecodable.keepUndecodable(delivery, why)))
                .compose(kept -> guard.after(List.of(delivery)))
                .compose(v -> channel.acknowledge(delivery.getEnvelope().getDeliveryTag()))
                .onFailure(this::closeForRedelivery);
    }

    /**
     * The broker redelivers only when the channel ends; while it is open the messages would stay unacknowledged. A channel that
     * stops ends once its other batches are acknowledged.
     */
    private void closeForRedelivery(Throwable cause) {
        LOG.info("{}: closing the channel for a redelivery: {}", queue, cause.toString());
        if (!stopping) {
            channel.end();
        }
    }

    private final class SaleQueue {
        private final SaleId sale;
        private final DeadLetterPublisher box = deadLetterBoxes.get();
        private final FailurePolicy policy = policies.apply(box);
        private final ArrayDeque<Delivered> waiting = new ArrayDeque<>();
        /** Empty before the first batch. */
        private List<Delivered> running = List.of();

        SaleQueue(SaleId sale) {
            this.sale = sale;
        }

        /** Completes when all that it holds now is handled and acknowledged; fails if the broker delivers some of it again. */
        Future<Void> handled() {
            return (waiting.isEmpty() ? last(running) : waiting.peekLast())
                    .handled()
                    .future();
        }

        void add(Delivered delivered) {
            waiting.add(delivered);
            if (running.isEmpty()) {
                gather();
            }
        }

        private void gather() {
            var gathered = new ArrayList<Delivered>();
            int elements = 0;
            do {
                Delivered next = waiting.poll();
                elements += next.message().elements().size();
                gathered.add(next);
            } while (!waiting.isEmpty()
                    && elements + waiting.peek().message().elements().size() <= BATCH_ELEMENTS_MAX);
            running = gathered;
            List<Delivery> deliveries =
                    gathered.stream().map(Delivered::delivery).toList();
            guard.before(deliveries)
                    .compose(v -> handle(gathered))
                    .compose(handled -> guard.after(deliveries).map(handled))
                    .compose(handled -> acknowledge(gathered).map(handled))
                    .onSuccess(this::afterwards)
                    .onFailure(cause -> closeForRedelivery(cause))
                    .onComplete(this::continueOrEnd);
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

        private void continueOrEnd(AsyncResult<?> outcome) {
            List<Delivered> ended = running;
            if (!waiting.isEmpty() && !stopping && channel.isAlive()) {
                gather();
            } else {
                saleQueues.remove(sale);
                waiting.forEach(each -> each.handled().fail("not handled on this channel"));
            }
            if (outcome.succeeded()) {
                ended.forEach(each -> each.handled().complete());
            } else {
                ended.forEach(each -> each.handled().fail(outcome.cause()));
            }
        }
    }

    private static Delivered last(List<Delivered> some) {
        return some.get(some.size() - 1);
    }
}
