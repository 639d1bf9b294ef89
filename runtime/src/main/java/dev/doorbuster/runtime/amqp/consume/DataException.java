package dev.doorbuster.runtime.amqp.consume;

/** The message is invalid; a retry cannot help. */
public final class DataException extends RuntimeException {
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
