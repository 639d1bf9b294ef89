package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.message.HoldAnswered.PaymentOutcome;
import dev.doorbuster.contracts.message.OrderPayment;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment's row; the first one for an order and reference counts.
 *
 * @param requestId the request that created the row
 */
public record LedgerPayment(PaymentKey key, UUID requestId, String buyer, PaymentOutcome outcome, Instant receivedAt) {
    public static LedgerPayment of(OrderPayment asked, PaymentOutcome outcome) {
        return new LedgerPayment(PaymentKey.of(asked), asked.requestId(), asked.buyer(), outcome, asked.receivedAt());
    }

    /** Whether an earlier request created the row. */
    public boolean replays(UUID request) {
        return !request.equals(requestId);
    }

    public boolean pays() {
        return outcome == PaymentOutcome.PAID;
    }
}
