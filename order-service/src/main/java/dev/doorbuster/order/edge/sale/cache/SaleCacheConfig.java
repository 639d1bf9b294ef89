package dev.doorbuster.order.edge.sale.cache;

import java.time.Duration;

/**
 * Settings of an edge's sale readings.
 *
 * @param readingEvery interval of reading all open sales
 * @param readingGap minimum time between two readings, however many announcements arrive
 * @param readingMax time limit of one reading
 * @param soldOutFreshMax how long a "sold out" reading closes the gate
 * @param otherFreshMax how long the reading of a sale that is not open, or unknown, is valid
 * @param listFreshMax how long the list of all sales is cached
 * @param endGrace how long after a sale's end, by the edge's own clock, orders are still admitted with an outdated
 *     reading
 * @param othersMax number of such readings kept
 * @param lookupsMax sales that may wait for a look-up
 */
public record SaleCacheConfig(
        Duration readingEvery,
        Duration readingGap,
        Duration readingMax,
        Duration soldOutFreshMax,
        Duration otherFreshMax,
        Duration listFreshMax,
        Duration endGrace,
        int othersMax,
        int lookupsMax) {
    private static final Duration SALE_READING_EVERY = Duration.ofMillis(500);
    private static final Duration SALE_READING_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SALE_LIST_FRESH = Duration.ofMillis(500);
    private static final int OTHER_SALES_MAX = 10_000;
    private static final Duration OTHER_SALE_FRESH = Duration.ofSeconds(1);
    private static final Duration SALE_END_GRACE = Duration.ofSeconds(5);
    private static final int SALE_LOOKUPS_MAX = 1_000;
    private static final Duration SALE_READING_GAP = Duration.ofMillis(25);
    private static final Duration SOLD_OUT_FRESH = Duration.ofSeconds(2);

    public static SaleCacheConfig defaults() {
        return new SaleCacheConfig(
                SALE_READING_EVERY,
                SALE_READING_GAP,
                SALE_READING_TIMEOUT,
                SOLD_OUT_FRESH,
                OTHER_SALE_FRESH,
                SALE_LIST_FRESH,
                SALE_END_GRACE,
                OTHER_SALES_MAX,
                SALE_LOOKUPS_MAX);
    }
}
