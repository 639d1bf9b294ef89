package dev.doorbuster.contracts.message;

import java.util.UUID;

/**
 * What the edge that holds a payment or a cancel is told.
 *
 * @param payment what became of this payment; null for a cancel
 * @param order the order as it is now; null where the ledger has none
 * @param replayed whether an earlier request had brought the same payment
 */
public record HoldAnswered(UUID requestId, UUID orderId, PaymentOutcome payment, OrderView order, boolean replayed)
        implements Element {
    public HoldAnswered {
        Require.present(requestId, "requestId");
        Require.present(orderId, "orderId");
        if (payment == null) {
            Require.present(order, "order");
        }
    }
}
