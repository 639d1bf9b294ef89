package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.UndecodableMessageException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the messages of one queue to its handler, one gathering at a time, and acknowledges them afterwards on the very
 * channel that delivered them. What a dead channel delivered is left alone: the broker delivers it again.
 */
final class QueueReader {
    private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);

    private final String queue;
    private final ConsumerLine line;
    private final AmqpPublisher deadLetters;
    private final FailurePolicy policy;
    private final ConsumeMetrics metrics;
    private final ArrayDeque<RabbitMQMessage> waiting = new ArrayDeque<>();
    private Promise<Void> busy;

    QueueReader(
            String queue, ConsumerLine line, AmqpPublisher deadLetters, FailurePolicy policy, ConsumeMetrics metrics) {
        this.queue = queue;
        this.line = line;
        this.deadLetters = deadLetters;
        this.policy = policy;
        this.metrics = metrics;
    }

    void deliver(RabbitMQMessage message) {
        waiting.add(message);
        if (busy == null) {
            gather();
        }
    }

    Optional<String> problem() {
        return policy.problem();
    }

    /** Forgets what has not been begun and completes when what has been begun is done. */
    Future<Void> drain() {
        waiting.clear();
        return busy == null ? Future.succeededFuture() : busy.future();
    }

    private void gather() {
        var deliveries = List.copyOf(waiting);
        waiting.clear();
        busy = Promise.promise();
        read(deliveries)
                .compose(messages -> messages.isEmpty() ? Future.succeededFuture(List.of()) : handle(messages))
                .compose(handled -> acknowledge(deliveries).map(handled))
                .onSuccess(this::afterwards)
                .onFailure(cause -> leave(cause))
                .onComplete(done -> {
                    Promise<Void> ended = busy;
                    busy = null;
                    if (!waiting.isEmpty() && line.isAlive()) {
                        gather();
                    }
                    ended.complete();
                });
    }

    /** Only the end of the channel makes the broker deliver again; on a living one the messages would just lie here. */
    private void leave(Throwable cause) {
        LOG.info("{}: left to be delivered again: {}", queue, cause.toString());
        line.end();
    }

    private Future<List<Gathering>> handle(List<Message> messages) {
        metrics.gathered(messages);
        return policy.handle(messages);
    }

    /** Messages that cannot be read are dead-lettered before anything is acknowledged. */
    private Future<List<Message>> read(List<RabbitMQMessage> deliveries) {
        var messages = new ArrayList<Message>(deliveries.size());
        Future<Void> kept = Future.succeededFuture();
        for (RabbitMQMessage delivery : deliveries) {
            byte[] body = delivery.body().getBytes();
            String type = delivery.properties().getType();
            try {
                messages.add(MessageCodec.decode(type, body));
            } catch (UndecodableMessageException e) {
                LOG.error("{}: dead-lettered: {}", queue, e.getMessage());
                Outgoing garbage = Outgoing.deadLetter(queue, type, body, e.getMessage());
                kept = kept.compose(v -> policy.insist(() -> deadLetters.publish(garbage)));
            }
        }
        return kept.map(messages);
    }

    private Future<Void> acknowledge(List<RabbitMQMessage> deliveries) {
        return Future.join(deliveries.stream()
                        .map(each -> line.acknowledge(each.envelope().getDeliveryTag()))
                        .toList())
                .mapEmpty();
    }

    private void afterwards(List<Gathering> handled) {
        if (line.isAlive()) {
            handled.forEach(Gathering::acknowledged);
        }
    }
}
