package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Require;

/** Requests a recount from the ledger. */
public record SaleRecount(Cause cause) implements Element {
    public SaleRecount {
        Require.present(cause, "cause");
    }

    public enum Cause {
        /** The decider found no counter. */
        MISSING,
        /** The reconciler found no counter. */
        RECONCILER_MISSING,
        /** The reconciler read the same gap twice. */
        RECONCILER_GAP,
        /** A verification found no counter, or a wrong one outside the reconciler's scope. */
        VERIFICATION
    }
}
