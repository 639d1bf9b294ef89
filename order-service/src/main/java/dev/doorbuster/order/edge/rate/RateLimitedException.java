package dev.doorbuster.order.edge.rate;

/** Somebody asked too often. */
public final class RateLimitedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long secondsToWait;

    public RateLimitedException(long secondsToWait) {
        super("asked too often; to wait: " + secondsToWait + " s", null, false, false);
        this.secondsToWait = secondsToWait;
    }

    public long secondsToWait() {
        return secondsToWait;
    }
}
