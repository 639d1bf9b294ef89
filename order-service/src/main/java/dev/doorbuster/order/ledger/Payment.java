package dev.doorbuster.order.ledger;

import java.time.Instant;
import java.util.UUID;

/** A payment's row; the first one under an order and reference stands. */
record Payment(Key key, String buyer, Outcome outcome, Instant receivedAt) {
    record Key(UUID orderId, String reference) {}

    enum Outcome {
        PAID,
        REFUND_DUE
    }
}
