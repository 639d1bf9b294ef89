package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.message.HoldAnswered.PaymentOutcome;
import dev.doorbuster.contracts.message.OrderPayment;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment's row; the first one for an order and reference counts.
 *
 * @param requestId the request that created the row
 */
public record Payment(Key key, UUID requestId, String buyer, PaymentOutcome outcome, Instant receivedAt) {
    /** A payment's key. */
    public record Key(UUID orderId, String reference) {
        public static Key of(OrderPayment asked) {
            return new Key(asked.orderId(), asked.reference());
        }
    }

    public static Payment of(OrderPayment asked, PaymentOutcome outcome) {
        return new Payment(Key.of(asked), asked.requestId(), asked.buyer(), outcome, asked.receivedAt());
    }

    /** Whether an earlier request created the row. */
    public boolean replays(UUID request) {
        return !request.equals(requestId);
    }

    public boolean pays() {
        return outcome == PaymentOutcome.PAID;
    }
}
