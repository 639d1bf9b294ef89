package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DeadLetter.Cause;
import dev.doorbuster.contracts.topology.Route;
import io.vertx.core.Future;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Sets aside what one queue's consumer cannot handle, each message with its reason and with the way by which it had come:
 * a culprit is only a part of what was delivered, so that way is remembered while the gathering is handled.
 */
final class DeadLetterBox implements FailurePolicy.DeadLetters {
    /** Headers must fit into one frame. */
    private static final int REASON_LENGTH_MAX = 1_000;

    private final String queue;
    private final AmqpPublisher publisher;
    private final ConsumeMetrics metrics;
    private final Map<UUID, RabbitMQMessage> deliveries = new HashMap<>();

    DeadLetterBox(String queue, AmqpPublisher publisher, ConsumeMetrics metrics) {
        this.queue = queue;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    void forgetAll() {
        deliveries.clear();
    }

    void remember(Message message, RabbitMQMessage delivery) {
        deliveries.put(message.id(), delivery);
    }

    @Override
    public Future<Void> keep(Message culprit, String reason) {
        RabbitMQMessage delivery = deliveries.get(culprit.id());
        return publish(
                letter(delivery, Cause.REFUSED, reason), culprit.type().wireName(), MessageCodec.encode(culprit));
    }

    Future<Void> keepUnread(RabbitMQMessage delivery, String reason) {
        return publish(
                letter(delivery, Cause.UNDECODABLE, reason),
                delivery.properties().getType(),
                delivery.body().getBytes());
    }

    private Future<Void> publish(DeadLetter letter, String type, byte[] body) {
        return publisher
                .publish(Outgoing.deadLetter(letter, type, body))
                .onSuccess(kept -> metrics.deadLettered(letter.cause()));
    }

    private DeadLetter letter(RabbitMQMessage delivery, Cause cause, String reason) {
        var origin =
                new Route(delivery.envelope().getExchange(), delivery.envelope().getRoutingKey());
        String told = reason.length() > REASON_LENGTH_MAX ? reason.substring(0, REASON_LENGTH_MAX) + "…" : reason;
        return new DeadLetter(
                queue, cause, told, origin, Instant.now(), Caution.deliveriesBefore(delivery) + 1, replays(delivery));
    }

    private static long replays(RabbitMQMessage delivery) {
        Map<String, Object> headers = delivery.properties().getHeaders();
        return headers != null && headers.get(DeadLetter.REPLAYS) instanceof Number replays ? replays.longValue() : 0;
    }
}
