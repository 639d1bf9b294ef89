package dev.doorbuster.runtime.amqp.consume;

/** The message is invalid; a retry cannot help. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
