package dev.doorbuster.order.ledger;

/** The value for a counter: {@code available} is correct at the start of its epoch, not now. */
record Recount(long epoch, long available) {}
