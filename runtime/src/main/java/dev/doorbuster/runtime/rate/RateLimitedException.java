package dev.doorbuster.runtime.rate;

/** The caller exceeded a rate limit. */
public final class RateLimitedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long secondsToWait;

    public RateLimitedException(long secondsToWait) {
        super("rate limit exceeded; retry after " + secondsToWait + " s", null, false, false);
        this.secondsToWait = secondsToWait;
    }

    public long secondsToWait() {
        return secondsToWait;
    }
}
