package dev.doorbuster.cli.crowd;

import java.time.Duration;

/**
 * How buyers ask.
 *
 * @param repeatShare of the buyers send the same request twice at once, as an impatient finger or a proxy does
 * @param keylessShare of the buyers send no Idempotency-Key; they cannot repeat a request whose answer was lost
 * @param waitPreferred how long the server is asked to hold a request before it answers 202; zero asks for nothing
 */
public record Manners(double repeatShare, double keylessShare, Duration waitPreferred) {
    public Manners {
        if (repeatShare < 0 || keylessShare < 0 || repeatShare + keylessShare > 1) {
            throw new IllegalArgumentException("shares are 0 to 1; who sends no key cannot repeat a request");
        }
    }

    public static Manners everyday() {
        return new Manners(0, 0.2, Duration.ofSeconds(10));
    }

    public Manners withShares(double repeat, double keyless) {
        return new Manners(repeat, keyless, waitPreferred);
    }
}
