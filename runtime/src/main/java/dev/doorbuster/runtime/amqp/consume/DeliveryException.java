package dev.doorbuster.runtime.amqp.consume;

/** The external receiver did not accept the message: it is retried later, apart from the others, or dead-lettered. */
public final class DeliveryException extends RuntimeException {
    private final boolean isFinal;

    private DeliveryException(String reason, boolean isFinal) {
        super(reason, null, false, false);
        this.isFinal = isFinal;
    }

    /** Retried as often as the subscription says. */
    public static DeliveryException later(String reason) {
        return new DeliveryException(reason, false);
    }

    /** Not retried. */
    public static DeliveryException never(String reason) {
        return new DeliveryException(reason, true);
    }

    public boolean isFinal() {
        return isFinal;
    }
}
