package dev.doorbuster.crowd.history;

import dev.doorbuster.crowd.client.SaleRequest;

/**
 * One sale of the run.
 *
 * @param counter {@code redis} or {@code memcached}
 * @param beganMicros when its first buyer arrived, since the history began
 * @param overMicros when its last buyer was done, since the history began
 */
public record SaleRecord(
        String sale,
        String counter,
        long stock,
        int perBuyerLimit,
        long holdSeconds,
        long beganMicros,
        long overMicros) {
    private static final long NOT_YET = Long.MAX_VALUE;

    /** Without buyers yet. */
    public static SaleRecord of(String id, SaleRequest sale) {
        return new SaleRecord(id, sale.counter(), sale.stock(), sale.perBuyerLimit(), sale.holdSeconds(), 0, NOT_YET);
    }

    public SaleRecord begunAt(long micros) {
        return new SaleRecord(sale, counter, stock, perBuyerLimit, holdSeconds, micros, NOT_YET);
    }

    public SaleRecord overAt(long micros) {
        return new SaleRecord(sale, counter, stock, perBuyerLimit, holdSeconds, beganMicros, micros);
    }

    boolean isRunning() {
        return overMicros == NOT_YET;
    }
}
