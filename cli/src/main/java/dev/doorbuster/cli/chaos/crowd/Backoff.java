package dev.doorbuster.cli.chaos.crowd;

import java.util.Random;

/**
 * How long somebody waits before asking again: twice as long each time, up to a limit, and spread. Whoever is told to come
 * later and comes at once only adds to what keeps the shop busy.
 */
final class Backoff {
    /** Below the time within which the judge calls somebody still asking. */
    private static final long PAUSE_MAX_MS = 5_000;

    private final Random random;
    private long pauseMillis;

    Backoff(long firstMillis, Random random) {
        this.pauseMillis = firstMillis;
        this.random = random;
    }

    long nextMillis() {
        return nextMillis(0);
    }

    /** At least as long as was asked for. */
    long nextMillis(long leastMillis) {
        long pause = Math.max(leastMillis, pauseMillis);
        pauseMillis = Math.min(2 * pauseMillis, PAUSE_MAX_MS);
        return pause + random.nextInt((int) Math.max(1, pause / 2));
    }
}
