package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import java.util.List;

/** Keys of the live statistics in Redis. */
final class PulseKeys {
    private static final String PREFIX = "doorbuster:pulse:";
    private static final String LIVE = PREFIX + "sale:";
    private static final String ARCHIVE = PREFIX + "archive:";

    /** Pattern of the keys of all sales that are not archived. */
    static final String LIVE_PATTERN = LIVE + "*";
    /** Sorted set: the sales with live keys, by the time of their last message in milliseconds. */
    static final String SALES = PREFIX + "sales";
    /** Sorted set: the archived sales, by the time of archiving in milliseconds. */
    static final String ARCHIVED = PREFIX + "archived";
    /** The channel of changed statistics. */
    static final String CHANNEL = PREFIX + "changes";

    private PulseKeys() {}

    /** What is kept for each sale. */
    enum Part {
        /** String: bitmap of the visitors' positions. */
        VISITORS,
        /** HyperLogLog of the visitors' positions. */
        HYPERLOGLOG,
        /** List: the last orders. */
        ORDERS,
        /** Hash: stock, sold and held units, as the ledger said. */
        UNITS;

        String of(SaleId sale) {
            return LIVE + sale + ":" + name().toLowerCase(java.util.Locale.ROOT);
        }

        String archived(SaleId sale) {
            return ARCHIVE + sale + ":" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Sorted set of sales; see {@link Ranking}. */
    static String ranking(String name) {
        return PREFIX + name;
    }

    /** Sorted set: what one minute adds to a ranking. */
    static String ranking(String name, long minute) {
        return PREFIX + name + ":" + minute;
    }

    /** The bitmap of visitors of both sales, in the same place for both orders of the two. */
    static String both(SaleId one, SaleId other) {
        List<String> sorted =
                List.of(one.value(), other.value()).stream().sorted().toList();
        return PREFIX + "both:" + sorted.get(0) + ":" + sorted.get(1);
    }

    /** The sale of a live key, without checking that it is one. */
    static String saleIn(String liveKey) {
        int from = LIVE.length();
        int end = liveKey.indexOf(':', from);
        return end < 0 ? "" : liveKey.substring(from, end);
    }
}
