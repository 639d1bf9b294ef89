package dev.doorbuster.runtime.rate;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A rate limit per caller. Only the last callers are tracked, and only until their bucket is full again. To be used on one event
 * loop only.
 *
 * <p>An access-ordered map and no cache library: in a sale most requests are a new caller's, and there the library took a tenth
 * of a refusal's processor time.
 */
public final class RateLimit {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** With each new caller, so that the map shrinks and no request pays for many. */
    private static final int FORGOTTEN_AT_ONCE_MAX = 2;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private final int trackedMax;
    /** The one without a request for the longest time first. */
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param perSecond sustained rate
     * @param burst requests at once
     * @param trackedMax callers tracked
     */
    public RateLimit(int perSecond, int burst, int trackedMax, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.trackedMax = trackedMax;
    }

    /** Admits the request, or throws {@link RateLimitedException}. */
    public void require(String caller) {
        long wait = secondsToWait(caller);
        if (wait > 0) {
            throw new RateLimitedException(wait);
        }
    }

    /** Zero if the request is admitted, else the seconds to wait, rounded up. */
    public long secondsToWait(String caller) {
        long now = nanoTime.getAsLong();
        TokenBucket bucket = buckets.get(caller);
        if (bucket == null) {
            forgetSome(now);
            bucket = new TokenBucket(perSecond, burst, now);
            buckets.put(caller, bucket);
        }
        return -Math.floorDiv(-bucket.take(now), NANOS_PER_SECOND);
    }

    /** Makes room for a caller. */
    private void forgetSome(long now) {
        Iterator<TokenBucket> eldest = buckets.values().iterator();
        for (int i = 0; i < FORGOTTEN_AT_ONCE_MAX && eldest.hasNext(); i++) {
            if (!eldest.next().isFull(now) && buckets.size() < trackedMax) {
                return;
            }
            eldest.remove();
        }
    }

    /** Number of tracked callers. */
    int tracked() {
        return buckets.size();
    }

    /** The caller exceeded a rate limit. */
    public static final class RateLimitedException extends RuntimeException {
        private final long secondsToWait;

        public RateLimitedException(long secondsToWait) {
            super("rate limit exceeded; retry after " + secondsToWait + " s", null, false, false);
            this.secondsToWait = secondsToWait;
        }

        public long secondsToWait() {
            return secondsToWait;
        }
    }

    /**
     * A token bucket with {@code burst} tokens that gains {@code perSecond} of them. Times are {@link System#nanoTime()}
     * values.
     */
    private static final class TokenBucket {
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
}
