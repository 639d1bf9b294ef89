package dev.doorbuster.order.edge.order;

import dev.doorbuster.contracts.message.SaleId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A request to place an order.
 *
 * @param requestId of this request alone
 * @param orderId the same for every request of this buyer with this key
 * @param keyGiven whether the key came from the client; if not, the order is new
 * @param patience how long the client waits for the decision; zero to be answered upon the broker's confirm
 * @param trace the request's own span as W3C traceparent; null where it is not traced
 * @param clientGone completes when the client has closed its connection
 */
record OrderRequest(
        UUID requestId,
        UUID orderId,
        SaleId sale,
        String buyer,
        int quantity,
        String key,
        boolean keyGiven,
        Duration patience,
        Instant receivedAt,
        String trace,
        Future<Void> clientGone) {}
