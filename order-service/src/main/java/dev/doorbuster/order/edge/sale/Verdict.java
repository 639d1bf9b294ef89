package dev.doorbuster.order.edge.sale;

/** What a verification comes to. */
enum Verdict {
    /** Sold exactly what was decided, and counter and ledger agree. */
    PASS,
    /** Nothing is wrong, but orders are under way: ask again. */
    PENDING,
    /** Something that must never happen has happened. */
    FAIL
}
