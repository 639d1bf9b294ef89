package dev.doorbuster.contracts.value;

import java.util.UUID;

/** An order request that the broker has confirmed and that its edge has no answer to. */
public record AwaitedOrder(long stream, long number, UUID orderId) {
    public AwaitedOrder {
        Require.range(stream, 1, OrderNumber.STREAM_MAX, "stream");
        Require.range(number, 1, Long.MAX_VALUE, "number");
        Require.present(orderId, "orderId");
    }
}
