package dev.doorbuster.contracts.value;

/** SOLD_OUT is an open sale without units left. */
public enum SaleState {
    SCHEDULED,
    OPEN,
    SOLD_OUT,
    CLOSED
}
