package dev.doorbuster.runtime.rate;

/**
 * A token bucket with {@code burst} tokens that gains {@code perSecond} of them. Times are {@link System#nanoTime()}
 * values.
 */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double burst;
    private double tokens;
    private long filledAt;

    TokenBucket(double perSecond, double burst, long now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = now;
    }

    /** Takes a token and returns 0; or returns the nanoseconds until a token is available. */
    long take(long now) {
        tokens = tokensAt(now);
        filledAt = now;
        if (tokens >= 1) {
            tokens--;
            return 0;
        }
        return (long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND);
    }

    /** Whether it is as a new one. */
    boolean isFull(long now) {
        return tokensAt(now) >= burst;
    }

    private double tokensAt(long now) {
        return Math.min(burst, tokens + (now - filledAt) / NANOS_PER_SECOND * perSecond);
    }
}
