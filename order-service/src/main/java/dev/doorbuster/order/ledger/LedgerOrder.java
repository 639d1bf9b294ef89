package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.OrderView;
import java.util.UUID;

/**
 * An order's row.
 *
 * @param key the idempotency key it was placed with
 * @param requestId the request that first brought it
 * @param accepted the first decision: true where units were reserved, false where it was rejected
 */
public record LedgerOrder(OrderView view, String key, UUID requestId, boolean accepted) {}
