package dev.doorbuster.contracts.message;

/** The bytes are not a valid message; a retry cannot help. */
public final class UndecodableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
