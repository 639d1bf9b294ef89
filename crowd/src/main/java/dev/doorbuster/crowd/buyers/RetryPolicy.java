package dev.doorbuster.crowd.buyers;

import java.time.Duration;
import java.util.Random;

/**
 * How often and when a buyer repeats what has no final answer.
 *
 * @param retriesMax repetitions of an order that was refused for now, got no answer or stayed pending
 * @param retryWait before the first repetition, unless the server asks for more
 * @param looksMax looks at a pending order before the order is repeated
 * @param lookWait before the first look
 * @param growth factor from one wait to the next
 * @param waitMax limit of each wait, whatever the server asks for
 */
public record RetryPolicy(
        int retriesMax, Duration retryWait, int looksMax, Duration lookWait, int growth, Duration waitMax) {
    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    /** Gives up after 20 repetitions. */
    public static RetryPolicy limited() {
        return new RetryPolicy(20, Duration.ofMillis(200), 6, Duration.ofMillis(500), 1, WAIT_MAX);
    }

    /** Never gives up, and waits ever longer. */
    public static RetryPolicy unlimited() {
        return new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(300), 4, Duration.ofMillis(400), 2, WAIT_MAX);
    }

    public RetryPolicy withRetries(int max) {
        return new RetryPolicy(max, retryWait, looksMax, lookWait, growth, waitMax);
    }

    public RetryDelay retryDelay(Random random) {
        return delay(retryWait, random);
    }

    RetryDelay lookDelay(Random random) {
        return delay(lookWait, random);
    }

    RetryDelay delay(Duration first, Random random) {
        return new RetryDelay(first.toMillis(), growth, waitMax.toMillis(), random);
    }

    /** Waits between repetitions, with random jitter so that buyers who were refused together do not return together. */
    public static final class RetryDelay {
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
}
