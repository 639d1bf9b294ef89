package dev.doorbuster.order.ledger;

/** What a counter is to be set to: {@code available} is the truth at the moment its epoch began, not now. */
record Recount(long epoch, long available) {}
