package dev.doorbuster.order.edge.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.doorbuster.runtime.rate.RateLimit.RateLimitedException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Delays that double with each failure of a caller, up to a limit. Failures are forgotten some time after the last
 * one. To be used on one event loop only.
 */
public final class FailureDelays {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 30;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final int freeFailures;
    private final long delayMaxNanos;
    private final LongSupplier nanoTime;
    private final Cache<String, Failures> failures;

    private record Failures(int count, long lastNanos) {}

    /**
     * @param freeFailures failures without a delay
     * @param delayMax longest delay
     * @param forgottenAfter time after the last failure until it is forgotten
     * @param trackedMax callers tracked
     */
    public FailureDelays(
            int freeFailures, Duration delayMax, Duration forgottenAfter, int trackedMax, LongSupplier nanoTime) {
        this.freeFailures = freeFailures;
        this.delayMaxNanos = delayMax.toNanos();
        this.nanoTime = nanoTime;
        this.failures = Caffeine.newBuilder()
                .maximumSize(trackedMax)
                .expireAfterWrite(forgottenAfter)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Throws {@link RateLimitedException} while the caller must wait. Such a rejection is not counted as a failure. */
    public void require(String caller) {
        Failures past = failures.getIfPresent(caller);
        if (past == null || past.count() < freeFailures) {
            return;
        }
        long left = delayNanos(past.count()) - (nanoTime.getAsLong() - past.lastNanos());
        if (left > 0) {
            throw new RateLimitedException(-Math.floorDiv(-left, NANOS_PER_SECOND));
        }
    }

    public void failed(String caller) {
        Failures past = failures.getIfPresent(caller);
        failures.put(caller, new Failures(past == null ? 1 : past.count() + 1, nanoTime.getAsLong()));
    }

    public void forget(String caller) {
        failures.invalidate(caller);
    }

    private long delayNanos(int count) {
        int doublings = Math.min(count - freeFailures, DOUBLINGS_MAX);
        return Math.min(FIRST_DELAY.toNanos() << doublings, delayMaxNanos);
    }
}
