package dev.doorbuster.contracts.message;

/** Asks the ledger to count again. */
public record SaleRecount(Cause cause) implements Element {
    public SaleRecount {
        Require.present(cause, "cause");
    }

    public enum Cause {
        /** The decider found no counter. */
        MISSING,
        /** The reconciler found the counter gone. */
        RECONCILER_MISSING,
        /** The reconciler saw the same gap twice. */
        RECONCILER_GAP,
        /** A verification found no counter, or a wrong one that nobody watches. */
        VERIFICATION
    }
}
