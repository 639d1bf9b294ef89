package dev.doorbuster.benchmarks;

/**
 * What a worker answers; zeros where the action measures nothing.
 *
 * @param done elements that were decided, confirmed or committed
 * @param conflicts optimistic transactions that were lost to another process or connection
 * @param left units of the sale that are not sold
 */
record Measured(long done, double seconds, double p50Ms, double p99Ms, long conflicts, long left) {
    static final Measured NOTHING = new Measured(0, 0, 0, 0, 0, 0);

    static Measured left(long units) {
        return new Measured(0, 0, 0, 0, 0, units);
    }

    Measured withConflicts(long lost) {
        return new Measured(done, seconds, p50Ms, p99Ms, lost, left);
    }
}
