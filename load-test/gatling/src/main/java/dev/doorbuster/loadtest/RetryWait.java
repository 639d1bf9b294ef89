package dev.doorbuster.loadtest;

import dev.doorbuster.crowd.client.ShopAnswer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the same request is sent again. */
final class RetryWait {
    static final Duration MIN = Duration.ofMillis(200);
    static final Duration MAX = Duration.ofSeconds(5);

    private RetryWait() {}

    /** As the shop asks, within reason, and spread, so that those who were sent away do not come back together. */
    static Duration after(ShopAnswer answer) {
        long asked = Math.max(answer.retryAfterSeconds() * 1_000L, MIN.toMillis());
        long spread = asked + ThreadLocalRandom.current().nextLong(asked / 2 + 1);
        return Duration.ofMillis(Math.min(spread, MAX.toMillis()));
    }
}
