package dev.doorbuster.runtime.store;

/** A store did not answer, not in time, or with an error. The commands may have been applied. */
public final class StoreUnavailableException extends RuntimeException {
    public StoreUnavailableException(String message) {
        super(message, null, false, false);
    }

    StoreUnavailableException(String store, Throwable cause) {
        super(store + ": " + (cause.getMessage() == null ? cause.toString() : cause.getMessage()), cause, false, false);
    }
}
