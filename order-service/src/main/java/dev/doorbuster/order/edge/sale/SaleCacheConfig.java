package dev.doorbuster.order.edge.sale;

import java.time.Duration;

/**
 * How an edge keeps up with the sales.
 *
 * @param readingEvery how often all open sales are read
 * @param readingGap the least time between two readings, however many announcements come
 * @param readingMax how long one reading may take
 * @param soldOutFreshMax how long a reading that says "sold out" shuts the gate
 * @param otherFreshMax how long the reading of a sale that is not open, or that is not known, is good for
 * @param listFreshMax how long the list of all sales is good for, once read
 * @param endGrace how long after a sale's end, by the edge's own clock, orders are still taken on a reading too old to tell
 * @param othersMax such readings kept
 * @param lookupsMax sales that may wait to be looked up
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
