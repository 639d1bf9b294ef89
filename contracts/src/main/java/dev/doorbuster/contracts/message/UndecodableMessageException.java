package dev.doorbuster.contracts.message;

/** These bytes are no message of ours, and no retry will make them one. */
public final class UndecodableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
