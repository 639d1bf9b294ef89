package dev.doorbuster.crowd.judge.evidence;

import java.util.Map;

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
