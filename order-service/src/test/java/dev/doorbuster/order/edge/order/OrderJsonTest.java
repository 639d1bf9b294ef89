package dev.doorbuster.order.edge.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderJsonTest {
    private static final Instant PLACED = Instant.parse("2026-11-27T08:00:00.118202Z");

    @ParameterizedTest
    @ValueSource(strings = {"alice", "o'brien \"the\" <b>", "back\\slash", "Zoë 李 😀", "\u2028"})
    void writesTheSameAsTextAsInTheTree(String buyer) {
        for (Instant holdExpiresAt : new Instant[] {PLACED.plusSeconds(600), null}) {
            for (RefusalReason reason : new RefusalReason[] {null, RefusalReason.LIMIT_REACHED}) {
                var order = new OrderView(
                        new UUID(7, 8),
                        new SaleId("k7wq2mzr5xv3ta6b"),
                        buyer,
                        2,
                        reason == null ? OrderStatus.RESERVED : OrderStatus.REJECTED,
                        reason,
                        39_980,
                        PLACED,
                        holdExpiresAt);

                assertThat(new JsonObject(OrderJson.encoded(order))).isEqualTo(OrderJson.order(order));
            }
        }
    }
}
