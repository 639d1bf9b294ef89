package dev.doorbuster.crowd.buyers;

import java.util.Random;

/** What a buyer does with a reservation. */
enum BuyerAction {
    /** Keeps it. */
    KEEP(0),
    PAY(40),
    /** The same payment twice at once. */
    PAY_TWICE(8),
    /** Two payments with different references: one is due back. */
    PAY_DOUBLE(4),
    CANCEL(12),
    /** Cancels and pays all the same: the money is due back. */
    CANCEL_AND_PAY(4),
    /** Does nothing until the hold has ended. */
    ABANDON(20),
    /** Pays when the hold is over, or about to be. */
    PAY_LATE(12);

    private static final int SUM = 100;

    private final int percent;

    BuyerAction(int percent) {
        this.percent = percent;
    }

    static BuyerAction draw(Random random) {
        int drawn = random.nextInt(SUM);
        for (BuyerAction action : values()) {
            drawn -= action.percent;
            if (drawn < 0) {
                return action;
            }
        }
        throw new IllegalStateException("the shares are not 100 percent");
    }

    /** Wants a unit for good, and so orders again after a refusal while units may come back. */
    boolean isPersistent() {
        return this == PAY || this == PAY_TWICE || this == PAY_DOUBLE;
    }
}
