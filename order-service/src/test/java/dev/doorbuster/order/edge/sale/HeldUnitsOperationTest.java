package dev.doorbuster.order.edge.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ledger.read.LedgerReader.HeldUnits;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeldUnitsOperationTest {
    private static final HeldUnits HELD = new HeldUnits(3, null);

    private final SaleId sale = SaleId.random(new Random());
    private final Queue<Future<HeldUnits>> readings = new ArrayDeque<>();
    private final HeldUnitsOperation operation = new HeldUnitsOperation(null, id -> readings.remove());

    @Test
    void readsASaleOnce() {
        // Given
        readings.add(Future.succeededFuture(HELD));
        // When
        List<Future<HeldUnits>> answers = List.of(operation.read(sale), operation.read(sale));
        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer.result()).isEqualTo(HELD));
    }

    /** A pool whose queue is full, or that is closed, fails at once. */
    @Test
    void readsAgainAfterAFailureThatIsKnownAtOnce() {
        // Given
        readings.add(Future.failedFuture("too many wait for a connection"));
        readings.add(Future.succeededFuture(HELD));
        // When
        Future<HeldUnits> first = operation.read(sale);
        Future<HeldUnits> second = operation.read(sale);
        // Then
        assertThat(first.cause()).hasMessage("too many wait for a connection");
        assertThat(second.result()).isEqualTo(HELD);
    }
}
