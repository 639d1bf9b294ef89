package dev.doorbuster.contracts.value;

/** RESERVED and PAID orders hold units; the others do not count against stock or limit. */
public enum OrderStatus {
    PENDING,
    RESERVED,
    PAID,
    CANCELLED,
    EXPIRED,
    REJECTED,
    REFUND_DUE;

    public boolean holdsUnits() {
        return this == RESERVED || this == PAID;
    }
}
