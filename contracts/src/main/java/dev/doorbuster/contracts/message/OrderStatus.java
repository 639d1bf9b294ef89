package dev.doorbuster.contracts.message;

/** Where an order stands. RESERVED and PAID hold units; nothing else counts against stock or limit. */
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
