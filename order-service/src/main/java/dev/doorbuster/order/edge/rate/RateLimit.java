package dev.doorbuster.order.edge.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.doorbuster.runtime.start.EventLoop;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A rate limit per caller. Only the most active callers are tracked, and only until their bucket is full again. To
 * be used on one event loop only.
 */
public final class RateLimit {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Cache<String, TokenBucket> buckets;

    /**
     * Creates the limit.
     *
     * @param perSecond sustained rate
     * @param burst requests at once
     * @param trackedMax callers tracked
     */
    public RateLimit(int perSecond, int burst, int trackedMax, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(trackedMax)
                .expireAfterAccess(Duration.ofSeconds(1 + burst / perSecond))
                .ticker(nanoTime::getAsLong)
                .executor(EventLoop::afterThisTurn)
                .build();
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
        TokenBucket bucket = buckets.get(caller, name -> new TokenBucket(perSecond, burst, now));
        return -Math.floorDiv(-bucket.take(now), NANOS_PER_SECOND);
    }
}
