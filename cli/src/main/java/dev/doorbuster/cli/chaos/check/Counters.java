package dev.doorbuster.cli.chaos.check;

import java.util.Map;

/** What the counters say, by sale; a sale whose counter is missing is not in it. */
public record Counters(Map<String, Counter> bySale) {
    public Counters {
        bySale = Map.copyOf(bySale);
    }

    /**
     * One sale's.
     *
     * @param claims units by buyer that the counter believes reserved; nobody where the store cannot be asked for all
     */
    public record Counter(long available, Map<String, Long> claims) {
        public Counter {
            claims = Map.copyOf(claims);
        }
    }
}
