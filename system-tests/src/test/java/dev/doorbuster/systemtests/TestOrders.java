package dev.doorbuster.systemtests;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import java.time.Instant;
import java.util.UUID;

/** Orders as an edge publishes them. */
public final class TestOrders {
    private TestOrders() {}

    /** One unit of a sale counted in Redis; no request is waiting for the answer. */
    public static OrderPlaced placed(String buyer) {
        return new OrderPlaced(
                UUID.randomUUID(),
                UUID.randomUUID(),
                buyer,
                1,
                "key of " + buyer,
                CounterKind.REDIS,
                1,
                1L,
                "no edge",
                Instant.now(),
                null,
                null);
    }
}
