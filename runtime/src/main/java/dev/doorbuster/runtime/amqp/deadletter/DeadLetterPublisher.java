package dev.doorbuster.runtime.amqp.deadletter;

import com.rabbitmq.client.Delivery;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DeadLetter.Cause;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.consume.ConsumeMetrics;
import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import dev.doorbuster.runtime.amqp.consume.FailurePolicy;
import dev.doorbuster.runtime.amqp.consume.PoisonMessageGuard;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.amqp.publish.OutgoingMessage;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Dead-letters what the consumer of one queue cannot handle, with the reason and the original exchange and routing key. A
 * rejected message may be only a part of a delivery, so the deliveries are kept while their batch is handled.
 */
public final class DeadLetterPublisher implements FailurePolicy.DeadLetters {
    /** Headers must fit into one frame. */
    private static final int REASON_LENGTH_MAX = 1_000;

    private final String queue;
    private final List<Route> retries;
    private final AmqpPublisher publisher;
    private final ConsumeMetrics metrics;
    private final Map<UUID, Delivery> deliveries = new HashMap<>();

    public DeadLetterPublisher(String queue, List<Route> retries, AmqpPublisher publisher, ConsumeMetrics metrics) {
        this.queue = queue;
        this.retries = retries;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    public void forgetAll() {
        deliveries.clear();
    }

    public void remember(Message message, Delivery delivery) {
        deliveries.put(message.id(), delivery);
    }

    @Override
    public Future<Void> keep(Message culprit, String reason) {
        Delivery delivery = deliveries.get(culprit.id());
        return publish(
                deadLetter(delivery, Cause.REFUSED, reason), culprit.type().wireName(), MessageCodec.encode(culprit));
    }

    @Override
    public Future<Void> postpone(Message culprit, DeliveryException failure) {
        Delivery delivery = deliveries.get(culprit.id());
        int failures = Math.toIntExact(number(delivery, DeadLetter.ATTEMPTS)) + 1;
        if (failure.isFinal() || failures > retries.size()) {
            String reason = failure.getMessage() + "; tried " + failures + (failures == 1 ? " time" : " times");
            return publish(
                    deadLetter(delivery, Cause.UNDELIVERED, reason),
                    culprit.type().wireName(),
                    MessageCodec.encode(culprit));
        }
        Map<String, Object> headers =
                Map.of(DeadLetter.ATTEMPTS, failures, DeadLetter.REPLAYS, number(delivery, DeadLetter.REPLAYS));
        return publisher.publish(OutgoingMessage.of(retries.get(failures - 1), culprit, headers));
    }

    public Future<Void> keepUndecodable(Delivery delivery, String reason) {
        return publish(
                deadLetter(delivery, Cause.UNDECODABLE, reason),
                delivery.getProperties().getType(),
                delivery.getBody());
    }

    private Future<Void> publish(DeadLetter deadLetter, String type, byte[] body) {
        return publisher
                .publish(OutgoingMessage.deadLetter(deadLetter, type, body))
                .onSuccess(kept -> metrics.deadLettered(deadLetter.cause()));
    }

    private DeadLetter deadLetter(Delivery delivery, Cause cause, String reason) {
        var delivered = new Route(
                delivery.getEnvelope().getExchange(), delivery.getEnvelope().getRoutingKey());
        String truncated = reason.length() > REASON_LENGTH_MAX ? reason.substring(0, REASON_LENGTH_MAX) + "…" : reason;
        return new DeadLetter(
                queue,
                cause,
                truncated,
                Route.again(queue, delivered),
                Instant.now(),
                PoisonMessageGuard.deliveriesBefore(delivery) + 1,
                number(delivery, DeadLetter.REPLAYS));
    }

    private static long number(Delivery delivery, String header) {
        Map<String, Object> headers = delivery.getProperties().getHeaders();
        return headers != null && headers.get(header) instanceof Number number ? number.longValue() : 0;
    }
}
