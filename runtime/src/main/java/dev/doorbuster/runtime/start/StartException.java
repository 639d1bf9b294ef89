package dev.doorbuster.runtime.start;

/** A step of a service's start failed; the message is one line that says which and why. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String step, Throwable cause) {
        super("cannot start " + step + ": " + (cause.getMessage() == null ? cause : cause.getMessage()), cause);
    }
}
