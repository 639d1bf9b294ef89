package dev.doorbuster.runtime.amqp.publish;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.Delivery;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.Route;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** An encoded message with its properties. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutgoingMessage(
        Route route, String type, String id, Instant at, Map<String, Object> headers, byte[] body) {
    private static final int TRANSIENT = 1;
    private static final int PERSISTENT = 2;

    public static OutgoingMessage of(Route route, Message message) {
        return of(route, message, Map.of());
    }

    /** Carries the sending span in a W3C Trace Context header. */
    static OutgoingMessage traced(Route route, Message message, String traceparent) {
        return of(route, message, Map.of("traceparent", traceparent));
    }

    public static OutgoingMessage of(Route route, Message message, Map<String, Object> headers) {
        return new OutgoingMessage(
                route,
                message.type().wireName(),
                message.id().toString(),
                message.sentAt(),
                headers,
                MessageCodec.encode(message));
    }

    /** The body may be undecodable; it is kept with the reason. */
    public static OutgoingMessage deadLetter(DeadLetter deadLetter, String type, byte[] body) {
        return new OutgoingMessage(
                Route.deadLetter(deadLetter.queue()),
                String.valueOf(type),
                UUID.randomUUID().toString(),
                deadLetter.at(),
                deadLetter.headers(),
                body);
    }

    /** Publishes a dead letter, unchanged, to another route. */
    public static OutgoingMessage again(Route route, Delivery setAside, Map<String, Object> headers) {
        BasicProperties as = setAside.getProperties();
        return new OutgoingMessage(
                route,
                String.valueOf(as.getType()),
                Objects.requireNonNullElseGet(
                        as.getMessageId(), () -> UUID.randomUUID().toString()),
                Objects.requireNonNullElseGet(as.getTimestamp(), Date::new).toInstant(),
                headers,
                setAside.getBody());
    }

    AMQP.BasicProperties properties(boolean persistent) {
        return new AMQP.BasicProperties.Builder()
                .type(type)
                .messageId(id)
                .timestamp(Date.from(at))
                .contentType(MessageCodec.CONTENT_TYPE)
                .deliveryMode(persistent ? PERSISTENT : TRANSIENT)
                .headers(headers)
                .build();
    }
}
