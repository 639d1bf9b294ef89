package dev.doorbuster.contracts.message;

/** Where a sale stands; SOLD_OUT is an open sale without a unit left. */
public enum SaleState {
    SCHEDULED,
    OPEN,
    SOLD_OUT,
    CLOSED
}
