package dev.doorbuster.order.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.rate.RateLimit.RateLimitedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {
    private static final String OPERATOR = "operator";
    private static final String GUESSER = "192.0.2.1";
    private static final String HOME = "198.51.100.7";
    private static final int BURST = 3;

    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);
    private final LoginAttempts attempts = new LoginAttempts(
            AuthConfig.fromEnv(
                    new Environment(Map.of(
                            "DOORBUSTER_JWT_SECRET",
                            "a secret of this test, long enough",
                            "DOORBUSTER_LOGIN_ATTEMPTS_BURST",
                            Integer.toString(BURST))),
                    true),
            () -> now);

    /** One attempt with a wrong password: 0, or the seconds to wait for it. */
    private long guess(String address) {
        try {
            attempts.require(OPERATOR, address);
        } catch (RateLimitedException e) {
            return e.secondsToWait();
        }
        attempts.failed(OPERATOR, address);
        return 0;
    }

    private void passes(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void delaysAGuesserLongerEachTime() {
        // When: each guess is made as soon as allowed
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 16; i++) {
            long wait = guess(GUESSER);
            if (wait > 0) {
                passes(wait);
                assertThat(guess(GUESSER)).isZero();
            }
            waits.add(wait);
        }

        // Then
        assertThat(waits)
                .containsExactly(0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L);
    }

    @Test
    void aRefusedGuessDelaysNothingFurther() {
        for (int i = 0; i < BURST; i++) {
            assertThat(guess(GUESSER)).isZero();
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(guess(GUESSER)).isEqualTo(1);
        }
        passes(1);
        assertThat(guess(GUESSER)).isZero();
    }

    @Test
    void aGuesserAtAnotherAddressKeepsNoOperatorOut() {
        // Given: a day of guesses from one address
        for (int seconds = 0; seconds < 24 * 3600; seconds++) {
            long unused = guess(GUESSER);
            passes(1);
        }

        // Then
        assertThat(guess(GUESSER)).isPositive();
        assertThatCode(() -> attempts.require(OPERATOR, HOME)).doesNotThrowAnyException();
    }

    @Test
    void slowsGuessesFromManyAddressesDownButNoAddressThatLoggedInBefore() {
        // Given
        attempts.succeeded(HOME);
        for (int i = 0; i < 1000; i++) {
            long wait = guess("203.0.113." + i);
            assertThat(wait).isBetween(0L, 10L);
            passes(wait);
        }

        // Then
        List<Long> waits = List.of(guess("203.0.113.0"), guess("another"));
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(1L, 10L));
        assertThat(guess(HOME)).isZero();
    }

    @Test
    void forgetsFailuresAfterALogIn() {
        for (int i = 0; i < BURST; i++) {
            assertThat(guess(GUESSER)).isZero();
        }
        attempts.succeeded(GUESSER);

        assertThat(guess(GUESSER)).isZero();
        assertThat(guess(GUESSER)).isZero();
    }

    @Test
    void forgetsFailuresOfLongAgo() {
        for (int i = 0; i < BURST; i++) {
            assertThat(guess(GUESSER)).isZero();
        }
        passes(3601);
        for (int i = 0; i < BURST; i++) {
            assertThat(guess(GUESSER)).isZero();
        }
    }
}
