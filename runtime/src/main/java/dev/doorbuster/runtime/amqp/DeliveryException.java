package dev.doorbuster.runtime.amqp;

/** Somebody outside did not take what the message says: it waits apart from the others, or is given up. */
public final class DeliveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    private DeliveryException(String reason, boolean isFinal) {
        super(reason, null, false, false);
        this.isFinal = isFinal;
    }

    /** To be tried again, as often as its subscription says. */
    public static DeliveryException later(String reason) {
        return new DeliveryException(reason, false);
    }

    /** Not to be tried again. */
    public static DeliveryException never(String reason) {
        return new DeliveryException(reason, true);
    }

    public boolean isFinal() {
        return isFinal;
    }
}
