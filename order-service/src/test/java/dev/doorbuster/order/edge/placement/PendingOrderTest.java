package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.placement.OrderPlacement.OrderRequest;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingOrderTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00Z");

    /** An hour back: a clock that was set meanwhile. */
    @ParameterizedTest
    @CsvSource({"PT0S, PT5S", "PT2S, PT3S", "PT5S, PT0.001S", "PT1H, PT0.001S", "PT-1H, PT5S"})
    void waitsNoLongerThanTheRequestWants(Duration sinceReceived, Duration wait) {
        // Given
        var request = new OrderRequest(
                UUID.randomUUID(),
                UUID.randomUUID(),
                SaleId.random(new Random(7)),
                "alice",
                1,
                "key",
                true,
                Duration.ofSeconds(5),
                RECEIVED,
                null,
                () -> null,
                Future.succeededFuture());
        // When
        PendingOrder order = PendingOrder.of(request, null, Clock.fixed(RECEIVED.plus(sinceReceived), ZoneOffset.UTC));
        // Then
        assertThat(order.maxWait()).isEqualTo(wait);
    }
}
