package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.SaleId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One request to place an order.
 *
 * @param requestId of this request alone
 * @param orderId the same for every request of this buyer with this key
 * @param keyGiven whether the key came from the client; if not, nobody can have asked for this order before
 * @param patience how long the client wants to wait for the decision; zero to be told only that the order was taken
 * @param trace the request's own span as W3C traceparent; null where nobody traces it
 * @param gone completes when the client went away
 */
public record Wish(
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
        Future<Void> gone) {}
