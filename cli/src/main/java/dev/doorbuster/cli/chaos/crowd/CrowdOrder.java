package dev.doorbuster.cli.chaos.crowd;

import java.time.Duration;

/**
 * How many come, and for how long.
 *
 * @param perSecond arrivals in a second at each sale of a round
 * @param length of the whole crowd
 * @param roundLength after which the next sales begin; those before go on until they are sold
 * @param holdSeconds of the sales
 */
public record CrowdOrder(long seed, int perSecond, Duration length, Duration roundLength, int holdSeconds) {
    /** A round's last arrivals overlap with the next one's first, so that there is always a sale with units. */
    private static final double OVERLAP = 1.35;

    /** Units for each arrival: enough for the first two thirds, who give a good part of it back. */
    private static final double STOCK_SHARE = 0.42;

    public int rounds() {
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

    public long stock(int round) {
        return Math.max(1, (long) (STOCK_SHARE * arrivals(round)));
    }

    public int perBuyerLimit(int round) {
        return 1 + round % 2;
    }
}
