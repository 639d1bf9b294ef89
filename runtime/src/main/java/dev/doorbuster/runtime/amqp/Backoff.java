package dev.doorbuster.runtime.amqp;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Exponential backoff: the wait doubles from {@code first} to {@code max}; the second half of each wait is random. */
final class Backoff {
    private final Duration first;
    private final Duration max;
    private Duration next;

    Backoff(Duration first, Duration max) {
        this.first = first;
        this.max = max;
        this.next = first;
    }

    Duration next() {
        long fullMs = Math.max(1, next.toMillis());
        next = next.multipliedBy(2).compareTo(max) > 0 ? max : next.multipliedBy(2);
        return Duration.ofMillis(fullMs / 2 + ThreadLocalRandom.current().nextLong(fullMs / 2 + 1));
    }

    void reset() {
        next = first;
    }
}
