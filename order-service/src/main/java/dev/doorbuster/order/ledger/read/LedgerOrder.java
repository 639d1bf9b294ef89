package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.OrderView;
import java.util.UUID;

/**
 * An order's row.
 *
 * @param key idempotency key of the order
 * @param requestId the request that created the row
 * @param accepted the first decision: true if units were reserved, false if the order was rejected
 */
public record LedgerOrder(OrderView view, String key, UUID requestId, boolean accepted) {}
