package dev.doorbuster.order.edge.sale;

import dev.doorbuster.runtime.config.Environment;
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
    public static SaleCacheConfig fromEnv(Environment env) {
        return new SaleCacheConfig(
                limit(env, "DOORBUSTER_SALE_READING_EVERY_MS", 500),
                limit(env, "DOORBUSTER_SALE_READING_GAP_MS", 25),
                limit(env, "DOORBUSTER_SALE_READING_TIMEOUT_MS", 5_000),
                limit(env, "DOORBUSTER_SOLD_OUT_FRESH_MS", 2_000),
                limit(env, "DOORBUSTER_OTHER_SALE_FRESH_MS", 1_000),
                limit(env, "DOORBUSTER_SALE_LIST_FRESH_MS", 500),
                limit(env, "DOORBUSTER_SALE_END_GRACE_MS", 5_000),
                env.integer("DOORBUSTER_OTHER_SALES_MAX", 10_000, 1, 1_000_000),
                env.integer("DOORBUSTER_SALE_LOOKUPS_MAX", 1_000, 1, 100_000));
    }

    private static Duration limit(Environment env, String name, long byDefaultMs) {
        return env.millis(name, byDefaultMs, 1, 60_000);
    }
}
