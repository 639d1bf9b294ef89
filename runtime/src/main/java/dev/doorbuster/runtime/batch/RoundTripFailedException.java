package dev.doorbuster.runtime.batch;

/** The round trip before failed, and the element was not sent. */
public final class RoundTripFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RoundTripFailedException(Throwable cause) {
        super("not sent, because the round trip before it failed: " + cause.getMessage(), cause);
    }
}
