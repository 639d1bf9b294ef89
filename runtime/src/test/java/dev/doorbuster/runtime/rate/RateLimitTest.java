package dev.doorbuster.runtime.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.runtime.rate.RateLimit.RateLimitedException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);
    private final RateLimit limit = new RateLimit(2, 3, 100, () -> now);

    @Test
    void allowsABurstAndThenARate() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.secondsToWait("alice")).isZero();
        }
        assertThat(limit.secondsToWait("alice")).isEqualTo(1);

        now += TimeUnit.MILLISECONDS.toNanos(500);

        assertThat(limit.secondsToWait("alice")).isZero();
        assertThat(limit.secondsToWait("alice")).isEqualTo(1);
    }

    @Test
    void keepsCallersApart() {
        for (int i = 0; i < 4; i++) {
            long unused = limit.secondsToWait("alice");
        }

        assertThat(limit.secondsToWait("bob")).isZero();
    }

    @Test
    void neverSavesUpMoreThanABurst() {
        now += TimeUnit.HOURS.toNanos(1);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.secondsToWait("alice")).isZero();
        }
        assertThat(limit.secondsToWait("alice")).isPositive();
    }

    @Test
    void tracksACallerUntilItsBucketIsFullAgain() {
        for (int i = 0; i < 50; i++) {
            limit.require("caller " + i);
        }
        now += TimeUnit.SECONDS.toNanos(2);
        for (int i = 0; i < 50; i++) {
            limit.require("later caller " + i);
        }

        assertThat(limit.tracked()).isEqualTo(50);
    }

    @Test
    void tracksNoMoreThanTheLimitAndForgetsThoseWhoseLastRequestIsOldest() {
        // Given
        for (int i = 0; i < 3; i++) {
            limit.require("alice");
            limit.require("bob");
        }

        // When
        for (int i = 0; i < 99; i++) {
            limit.require("caller " + i);
            assertThat(limit.secondsToWait("alice")).isEqualTo(1);
        }

        // Then
        assertThat(limit.tracked()).isEqualTo(100);
        assertThat(limit.secondsToWait("alice")).isEqualTo(1);
        assertThat(limit.secondsToWait("bob")).isZero();
    }

    @Test
    void returnsRetryAfter() {
        for (int i = 0; i < 3; i++) {
            limit.require("alice");
        }

        assertThatThrownBy(() -> limit.require("alice"))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        refused -> assertThat(refused.secondsToWait()).isEqualTo(1));
    }
}
