package dev.doorbuster.runtime.amqp;

/** The message itself is at fault: no retry will help. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
