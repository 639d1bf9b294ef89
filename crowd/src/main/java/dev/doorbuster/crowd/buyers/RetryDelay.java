package dev.doorbuster.crowd.buyers;

import java.util.Random;

/** Waits between repetitions, with random jitter so that buyers who were refused together do not return together. */
public final class RetryDelay {
    private final int growth;
    private final long maxMillis;
    private final Random random;
    private long nextMillis;

    RetryDelay(long firstMillis, int growth, long maxMillis, Random random) {
        this.nextMillis = firstMillis;
        this.growth = growth;
        this.maxMillis = maxMillis;
        this.random = random;
    }

    /**
     * The next wait.
     *
     * @param retryAfterSeconds what the server asks for, if it is positive
     */
    public long nextMillis(int retryAfterSeconds) {
        long wait = Math.max(retryAfterSeconds * 1_000L, nextMillis);
        nextMillis = Math.min(growth * nextMillis, maxMillis);
        return Math.min(wait + (long) (random.nextDouble() * wait / 2), maxMillis);
    }
}
