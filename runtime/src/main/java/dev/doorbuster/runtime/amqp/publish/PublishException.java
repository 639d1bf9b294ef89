package dev.doorbuster.runtime.amqp.publish;

/** A message was not confirmed. */
public final class PublishException extends RuntimeException {
    /** What is known about the message. */
    public enum Kind {
        /** Not sent: not connected, blocked by the broker, or too many messages in flight. */
        NOT_SENT,
        /** Nacked by the broker: a queue is full. */
        NACKED,
        /** Sent, but not confirmed in time: the broker may or may not have accepted it. */
        UNCONFIRMED
    }

    private final Kind kind;

    public PublishException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
