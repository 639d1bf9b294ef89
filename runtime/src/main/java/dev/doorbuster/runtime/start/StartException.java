package dev.doorbuster.runtime.start;

/** A step of a service's start failed; the message is one line with step and cause. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String step, Throwable cause) {
        super("cannot start " + step + ": " + why(cause), cause);
    }

    /** One line: the message, or the class name if there is none. */
    static String why(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
