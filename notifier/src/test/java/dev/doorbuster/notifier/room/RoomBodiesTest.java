package dev.doorbuster.notifier.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.waitingroom.RoomPhase;
import dev.doorbuster.waitingroom.RoomStats;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomBodiesTest {
    private final RoomSale sale = new RoomSale(SaleState.OPEN, 1, Instant.EPOCH, null);

    /** Clients divide by it. */
    @ParameterizedTest
    @CsvSource({"49.8333, 49.83", "1, 1", "0.0333, 0.03", "0.0017, 0.01"})
    void aRateIsNeverRoundedToZero(double measured, double told) {
        var body = RoomBodies.room(SaleId.random(new Random(1)), sale, RoomStats.of(RoomPhase.OPEN, ""), measured);

        assertThat(body.getDouble("perSecond")).isEqualTo(told);
    }
}
