package dev.doorbuster.benchmarks;

import dev.doorbuster.crowd.history.Durations;

/**
 * A worker's answer; zeros if the action measures nothing.
 *
 * @param done elements decided, confirmed or committed
 * @param doneInTime those of them that were done within the planned duration
 * @param latency of all calls, also of those that ended later
 * @param conflicts optimistic transactions aborted by another process or connection
 * @param left remaining units of the sale
 */
record Measured(long done, long doneInTime, Durations latency, long conflicts, long left) {
    static final Measured NOTHING = left(0);

    static Measured left(long units) {
        return new Measured(0, 0, new Durations(), 0, units);
    }

    Measured withConflicts(long lost) {
        return new Measured(done, doneInTime, latency, lost, left);
    }
}
