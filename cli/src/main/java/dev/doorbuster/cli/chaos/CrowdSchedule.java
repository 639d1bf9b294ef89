package dev.doorbuster.cli.chaos;

import java.time.Duration;

/**
 * When how many buyers arrive at which sales.
 *
 * @param perSecond arrivals in a second at each sale of a round
 * @param length of the whole crowd
 * @param roundLength after which the next sales begin; earlier ones go on until they are sold out
 * @param holdSeconds of the sales
 */
record CrowdSchedule(long seed, int perSecond, Duration length, Duration roundLength, int holdSeconds) {
    /** A round's last arrivals overlap with the next one's first, so that there is always a sale with units. */
    private static final double OVERLAP = 1.35;

    /** Units for each arrival: enough for the first two thirds, of which a good part comes back. */
    private static final double STOCK_SHARE = 0.42;

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
