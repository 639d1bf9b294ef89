package dev.doorbuster.cli.rehearse;

import java.util.OptionalInt;

/**
 * Searches for the highest sustained rate: starts at a quarter of the wanted rate and doubles until a rate fails,
 * then bisects. A rate fails only after two failures in a row, because one slow moment is no limit.
 */
final class RateSearch {
    private static final int FIRST_SHIFT = 2;
    /** Relative distance of two rates, as a share of the higher one, that needs no rate in between. */
    private static final int NEAR_SHARE = 10;

    private final int target;
    private final int rateMax;
    private final int stepsMax;
    private int steps;
    private int held;
    private int failed = Integer.MAX_VALUE;
    private int again;

    RateSearch(int target, int rateMax, int stepsMax) {
        this.target = target;
        this.rateMax = rateMax;
        this.stepsMax = stepsMax;
    }

    /** The next rate to try; empty at the end. */
    OptionalInt next() {
        if (steps == stepsMax) {
            return OptionalInt.empty();
        }
        if (again > 0) {
            return OptionalInt.of(again);
        }
        return failed == Integer.MAX_VALUE ? upward() : between();
    }

    /** Records the result of the last rate. */
    void record(int rate, boolean wasHeld) {
        steps++;
        if (wasHeld) {
            held = Math.max(held, rate);
            again = 0;
        } else if (again == rate) {
            failed = rate;
            again = 0;
        } else {
            again = rate;
        }
    }

    /** The highest sustained rate, 0 for none. */
    int held() {
        return held;
    }

    private OptionalInt upward() {
        for (int shift = FIRST_SHIFT; shift >= 0; shift--) {
            int rung = Math.max(1, target >> shift);
            if (rung > held) {
                return OptionalInt.of(rung);
            }
        }
        return held >= rateMax ? OptionalInt.empty() : OptionalInt.of((int) Math.min(rateMax, 2L * held));
    }

    private OptionalInt between() {
        return failed - held <= Math.max(1, failed / NEAR_SHARE)
                ? OptionalInt.empty()
                : OptionalInt.of(held + (failed - held) / 2);
    }
}
