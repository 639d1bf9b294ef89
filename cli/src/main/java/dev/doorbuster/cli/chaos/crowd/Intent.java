package dev.doorbuster.cli.chaos.crowd;

import java.util.Random;

/** What a buyer will do with a unit. */
enum Intent {
    PAY(40),
    /** The same payment sent twice at once, as an impatient finger does. */
    PAY_TWICE(8),
    /** Two payments with different references: one has to go back. */
    PAY_DOUBLE(4),
    CANCEL(12),
    /** Changes the mind, and pays all the same: the money has to go back. */
    CANCEL_AND_PAY(4),
    /** Never heard of again: the hold has to end by itself. */
    ABANDON(20),
    /** Pays when the hold is over, or about to be. */
    PAY_LATE(12);

    private static final int SUM = 100;

    private final int percent;

    Intent(int percent) {
        this.percent = percent;
    }

    static Intent draw(Random random) {
        int drawn = random.nextInt(SUM);
        for (Intent intent : values()) {
            drawn -= intent.percent;
            if (drawn < 0) {
                return intent;
            }
        }
        throw new IllegalStateException("the shares are not 100 percent");
    }

    /** Wants a unit for good, and so does not take a no for an answer while units may come back. */
    boolean isPersistent() {
        return this == PAY || this == PAY_TWICE || this == PAY_DOUBLE;
    }
}
