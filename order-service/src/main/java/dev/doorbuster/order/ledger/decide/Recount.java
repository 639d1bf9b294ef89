package dev.doorbuster.order.ledger.decide;

/** The value for a counter: {@code available} is correct at the start of its epoch, not now. */
public record Recount(long epoch, long available) {}
