package dev.doorbuster.benchmarks;

/**
 * A worker's answer; zeros if the action measures nothing.
 *
 * @param done elements decided, confirmed or committed
 * @param conflicts optimistic transactions aborted by another process or connection
 * @param left remaining units of the sale
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
