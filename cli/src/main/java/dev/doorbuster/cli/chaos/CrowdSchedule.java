package dev.doorbuster.cli.chaos;

import java.time.Duration;

/**
 * Numbers and times of arrivals at the sales.
 *
 * @param perSecond arrivals per second at each sale of a round
 * @param length total duration
 * @param roundLength interval between the starts of rounds; earlier sales continue until they are sold out
 * @param holdSeconds hold time of the sales
 */
record CrowdSchedule(long seed, int perSecond, Duration length, Duration roundLength, int holdSeconds) {
    /** Orders per second in a sale that cannot sell out: the next one that is confirmed shows that the system has recovered. */
    static final int PROBES_PER_SECOND = 4;

    static final long PROBE_STOCK = 1_000_000;
    /** Longer than an hour, by which a fault sets the database's clock ahead. */
    static final long PROBE_HOLD_SECONDS = 3 * 3_600;

    /** After the last fault, which is shortly before the end of the load. */
    private static final Duration PROBED_LONGER = Duration.ofSeconds(20);

    /** Overlap of two rounds, so that there is always a sale with units. */
    private static final double OVERLAP = 1.35;

    /** Stock per arrival: enough for the first two thirds of the arrivals, and many of those units come back. */
    private static final double STOCK_SHARE = 0.42;

    int probes() {
        return (int) (PROBES_PER_SECOND * length.plus(PROBED_LONGER).toSeconds());
    }

    int rounds() {
        return (int) Math.max(1, length.toMillis() / roundLength.toMillis());
    }

    long beginMillis(int round) {
        return round * length.toMillis() / rounds();
    }

    long arrivalMillis(int round) {
        return Math.min((long) (OVERLAP * length.toMillis() / rounds()), length.toMillis() - beginMillis(round));
    }

    int arrivals(int round) {
        return (int) (perSecond * arrivalMillis(round) / 1000);
    }

    long stock(int round) {
        return Math.max(1, (long) (STOCK_SHARE * arrivals(round)));
    }

    int perBuyerLimit(int round) {
        return 1 + round % 2;
    }
}
