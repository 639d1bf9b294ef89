package dev.doorbuster.cli.chaos.history;

/**
 * One sale of the run.
 *
 * @param counter {@code redis} or {@code memcached}
 * @param beganMicros since the run began
 * @param overMicros when its last buyer had gone, or had been told that all is sold; since the run began
 */
public record Round(
        String sale,
        String counter,
        long stock,
        int perBuyerLimit,
        int holdSeconds,
        long beganMicros,
        long overMicros) {
    public Round overAt(long micros) {
        return new Round(sale, counter, stock, perBuyerLimit, holdSeconds, beganMicros, micros);
    }
}
