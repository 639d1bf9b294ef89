package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment for an order.
 *
 * @param reference id of the payment, unique within the order
 * @param cents what was paid, in the currency's minor unit; null if that is not known
 * @param currency its ISO 4217 code in upper case; null if that is not known
 * @param receivedAt set by the edge; decides whether the payment was in time
 * @param trace see {@link Traced}
 */
public record OrderPayment(
        UUID requestId,
        UUID orderId,
        String buyer,
        String reference,
        Long cents,
        String currency,
        String edgeId,
        Instant receivedAt,
        String trace)
        implements Traced {
    public OrderPayment {
        Require.present(requestId, "requestId");
        Require.present(orderId, "orderId");
        Require.text(buyer, Limits.NAME_LENGTH_MAX, "buyer");
        Require.visibleAscii(reference, "reference");
        if (cents != null) {
            Require.range(cents, 0, Long.MAX_VALUE, "cents");
        }
        Require.optionalText(currency, Limits.CURRENCY_LENGTH_MAX, "currency");
        Require.text(edgeId, Limits.EDGE_ID_LENGTH_MAX, "edgeId");
        Require.present(receivedAt, "receivedAt");
        Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
    }

    @Override
    public OrderPayment withTrace(String traceparent) {
        return new OrderPayment(requestId, orderId, buyer, reference, cents, currency, edgeId, receivedAt, traceparent);
    }
}
