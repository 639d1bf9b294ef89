package dev.doorbuster.runtime.amqp;

/** A message was not confirmed. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is known about the message. */
    public enum Kind {
        /** It never left: the broker is away or blocks publishers, or too much is in flight. */
        NOT_SENT,
        /** The broker refused it: a queue is full. */
        NACKED,
        /** It left and no confirm came in time: it may or may not have been taken. */
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
