package dev.doorbuster.runtime.amqp;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Exponential backoff: the wait doubles from {@code first} to {@code max}; the second half of each wait is random. */
public final class Backoff {
    private final Duration first;
    private final Duration max;
    private Duration next;

    public Backoff(Duration first, Duration max) {
        this.first = first;
        this.max = max;
        this.next = first;
    }

    public Duration next() {
        long fullMs = Math.max(1, next.toMillis());
        next = next.multipliedBy(2).compareTo(max) > 0 ? max : next.multipliedBy(2);
        return Duration.ofMillis(fullMs / 2 + ThreadLocalRandom.current().nextLong(fullMs / 2 + 1));
    }

    public void reset() {
        next = first;
    }
}
