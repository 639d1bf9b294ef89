package dev.doorbuster.crowd.judge.evidence;

import java.util.Map;

/** The counters by sale; a sale without a counter is not in it. */
public record SaleCounters(Map<String, SaleCounter> bySale) {
    public SaleCounters {
        bySale = Map.copyOf(bySale);
    }

    /**
     * One sale's counter.
     *
     * @param claims reserved units by buyer; empty where the store cannot list them
     */
    public record SaleCounter(long available, Map<String, Long> claims) {
        public SaleCounter {
            claims = Map.copyOf(claims);
        }
    }
}
