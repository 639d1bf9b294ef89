package dev.doorbuster.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.bench.LoadBench.Cost;
import dev.doorbuster.cli.bench.client.LoadResult;
import dev.doorbuster.cli.bench.client.LoadResult.Percentiles;
import dev.doorbuster.cli.bench.report.OrderSections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadBenchTest {
    private static final Percentiles NONE = new Percentiles(0, 0, 0);

    private static LoadResult result(long answered, long expected, double windowSeconds) {
        return new LoadResult(
                answered, answered, windowSeconds, 1, Map.of(201, expected, 503, answered - expected), NONE, NONE);
    }

    @Test
    void costsAreForAThousandAnswers() {
        // When, Then
        assertThat(LoadBench.per1000(Map.of("a", 1.0), Map.of("a", 3.0, "b", 0.5), 500))
                .isEqualTo(Map.of("a", 4.0, "b", 1.0));
    }

    @Test
    void ratiosCompareAllServersWithTheBareOneAndLeaveTheClientOut() {
        // Given
        var system =
                new Cost(result(1_000, 998, 2), Map.of("order-service", 0.375, "postgres", 0.125, "client", 9.0), 0.5);
        var bare = new Cost(result(10_000, 10_000, 2), Map.of("bare server", 0.03125, "client", 9.0), 0.5);

        // When
        Map<String, Double> quantities = OrderSections.quantities(system, bare, 201);

        // Then
        assertThat(quantities)
                .containsEntry("rate", 500.0)
                .containsEntry("rate.ratio", 0.1)
                .containsEntry("cpu", 0.5)
                .containsEntry("cpu.ratio", 16.0)
                .containsEntry("other", 3.0);
    }
}
