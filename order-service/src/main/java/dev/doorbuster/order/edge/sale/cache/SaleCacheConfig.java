package dev.doorbuster.order.edge.sale.cache;

import java.time.Duration;

/**
 * Settings of an edge's sale readings.
 *
 * @param readingEvery interval of reading all open sales
 * @param readingMax time limit of one reading
 * @param soldOutFreshMax how long a "sold out" reading closes the gate
 * @param listFreshMax how long the list of all sales is cached
 * @param endGrace how long after a sale's end, by the edge's own clock, orders are still admitted with an outdated
 *     reading
 */
public record SaleCacheConfig(
        Duration readingEvery,
        Duration readingMax,
        Duration soldOutFreshMax,
        Duration listFreshMax,
        Duration endGrace) {
    /** How long the reading of a sale that is not open, or unknown, is valid. */
    public static final Duration OTHER_FRESH_MAX = Duration.ofSeconds(1);

    /** Number of such readings kept. */
    public static final int OTHERS_MAX = 10_000;

    private static final Duration SALE_READING_EVERY = Duration.ofMillis(500);
    private static final Duration SALE_READING_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SALE_LIST_FRESH = Duration.ofMillis(500);
    private static final Duration SALE_END_GRACE = Duration.ofSeconds(5);
    private static final Duration SOLD_OUT_FRESH = Duration.ofSeconds(2);

    public static SaleCacheConfig defaults() {
        return new SaleCacheConfig(
                SALE_READING_EVERY, SALE_READING_TIMEOUT, SOLD_OUT_FRESH, SALE_LIST_FRESH, SALE_END_GRACE);
    }
}
