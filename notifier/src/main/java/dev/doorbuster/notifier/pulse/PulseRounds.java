package dev.doorbuster.notifier.pulse;

/** Which rounds have work, and which of them tidy: none while no message came for a time, so that quiet sales cost nothing. */
final class PulseRounds {
    private static final int TIDY_EVERY = 10;
    /** Rounds of a second: the rankings still change until their last minute is over. */
    static final int AFTER_CHANGE = (Ranking.MINUTES + 1) * 60;

    private int left;
    private int sinceTidy;

    /** A message came. */
    void changed() {
        left = AFTER_CHANGE;
    }

    /**
     * Whether there is work.
     *
     * @param waiting whether sales wait for their publication
     */
    boolean isDue(boolean waiting) {
        return waiting || left > 0;
    }

    /** Whether this round tidies, which may add quiet sales to the next round: never after the last rankings. */
    boolean begins() {
        if (left == 0) {
            return false;
        }
        left--;
        sinceTidy = (sinceTidy + 1) % TIDY_EVERY;
        return sinceTidy == 0;
    }
}
