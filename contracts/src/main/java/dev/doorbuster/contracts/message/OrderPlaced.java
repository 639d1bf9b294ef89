package dev.doorbuster.contracts.message;

import java.time.Instant;
import java.util.UUID;

/**
 * A buyer's wish, accepted at an edge and not yet decided.
 *
 * @param requestId one HTTP request; the same again (redelivered, republished) keeps the outcome recorded for it
 * @param orderId a keyed hash of sale, buyer and key: a repeat is the same order by construction
 * @param key the client's Idempotency-Key, or the one the edge made
 * @param counter and {@code perBuyerLimit}: the sale's, as the edge read them
 * @param epoch the sale's, as the edge read it: a counter of a later one was recounted since; null from an edge that does
 *     not say it
 * @param edgeId who holds the buyer's request
 * @param trace see {@link Traced}
 */
public record OrderPlaced(
        UUID requestId,
        UUID orderId,
        String buyer,
        int quantity,
        String key,
        CounterKind counter,
        int perBuyerLimit,
        Long epoch,
        String edgeId,
        Instant receivedAt,
        String trace)
        implements Traced {
    public OrderPlaced {
        Require.present(requestId, "requestId");
        Require.present(orderId, "orderId");
        Require.text(buyer, Limits.NAME_LENGTH_MAX, "buyer");
        Require.range(quantity, 1, Limits.QUANTITY_MAX, "quantity");
        Require.text(key, Limits.KEY_LENGTH_MAX, "key");
        Require.present(counter, "counter");
        Require.range(perBuyerLimit, 1, Limits.QUANTITY_MAX, "perBuyerLimit");
        if (epoch != null) {
            Require.range(epoch, 0, Long.MAX_VALUE, "epoch");
        }
        Require.text(edgeId, Limits.EDGE_ID_LENGTH_MAX, "edgeId");
        Require.present(receivedAt, "receivedAt");
        Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
    }

    @Override
    public OrderPlaced withTrace(String traceparent) {
        return new OrderPlaced(
                requestId,
                orderId,
                buyer,
                quantity,
                key,
                counter,
                perBuyerLimit,
                epoch,
                edgeId,
                receivedAt,
                traceparent);
    }
}
