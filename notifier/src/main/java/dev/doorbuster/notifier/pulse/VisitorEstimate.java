package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.VisitorPosition;

/**
 * Linear counting (Whang, Vander-Zanden, Taylor 1990): of n visitors at random positions of m, m * exp(-n / m) positions stay
 * empty, so that n is estimated from the positions taken.
 */
final class VisitorEstimate {
    private static final double POSITIONS = VisitorPosition.COUNT;

    private VisitorEstimate() {}

    /**
     * Visitors at this many different positions.
     *
     * @param taken exact, or itself an estimate; at most one less than all count
     */
    static long visitors(long taken) {
        double empty = Math.max(1, POSITIONS - taken);
        return Math.round(-POSITIONS * StrictMath.log(empty / POSITIONS));
    }

    /** Visitors of both of two sales: those of each less those of either, since some share a position by chance. */
    static long visitorsOfBoth(long takenByOne, long takenByOther, long takenByBoth) {
        long either = takenByOne + takenByOther - takenByBoth;
        return Math.max(0, visitors(takenByOne) + visitors(takenByOther) - visitors(either));
    }
}
