package dev.doorbuster.contracts.value;

/**
 * DRAFT is in no list and does not open before it is published; SOLD_OUT is an open sale without units left; PAUSED is an
 * open sale that takes no new orders until it is resumed.
 */
public enum SaleState {
    DRAFT,
    SCHEDULED,
    OPEN,
    SOLD_OUT,
    PAUSED,
    CLOSED
}
