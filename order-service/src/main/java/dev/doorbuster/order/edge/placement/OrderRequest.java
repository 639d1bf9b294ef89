package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A request to place an order.
 *
 * @param requestId unique per request
 * @param orderId the same for every request of this buyer with this key
 * @param keyGiven whether the client sent the key; if not, the order is new
 * @param maxWait how long the client waits for the decision; zero to respond after the broker's confirm
 * @param trace the request's own span as W3C traceparent; null if it is not traced
 * @param pass reads the pass of the sale's waiting room, null without one; read only if the sale has a room
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
        Duration maxWait,
        Instant receivedAt,
        String trace,
        Supplier<String> pass,
        Future<Void> clientGone) {}
