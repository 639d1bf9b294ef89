package dev.doorbuster.order.edge.verification;

/** Result of a verification. */
enum Verdict {
    /** Sold exactly what was decided, and counter and ledger agree. */
    PASS,
    /** No violation, but orders are in flight: repeat later. */
    PENDING,
    /** An invariant was violated. */
    FAIL
}
