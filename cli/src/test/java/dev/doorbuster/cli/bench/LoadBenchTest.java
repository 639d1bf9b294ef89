package dev.doorbuster.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.bench.LoadBench.Cost;
import dev.doorbuster.cli.bench.client.LoadResult;
import dev.doorbuster.cli.bench.client.LoadResult.Percentiles;
import dev.doorbuster.cli.bench.client.LoadResult.StatusAnswers;
import dev.doorbuster.cli.bench.report.OrderSections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadBenchTest {
    private static final Percentiles NONE = new Percentiles(0, 0, 0);

    /** The other answers are 503. */
    private static LoadResult result(long answered, long expected, long unsent, double windowSeconds) {
        var fast = new Percentiles(1, 2, 3);
        var good = new Percentiles(10, 20, 30);
        return new LoadResult(
                answered + 1,
                unsent,
                windowSeconds,
                1,
                Map.of(
                        201, new StatusAnswers(expected, expected, good),
                        503, new StatusAnswers(answered - expected, answered - expected, fast)),
                NONE);
    }

    private static final Cost BARE =
            new Cost(result(10_000, 10_000, 0, 2), 201, Map.of("bare server", 0.03125, "client", 9.0), 0.95, 0.5);

    @Test
    void costsAreForAThousandAnswers() {
        // When, Then
        assertThat(LoadBench.per1000(Map.of("a", 1.0), Map.of("a", 3.0, "b", 0.5), 500))
                .isEqualTo(Map.of("a", 4.0, "b", 1.0));
    }

    @Test
    void ratiosCompareAllServersWithTheBareOneAndLeaveTheClientOut() {
        // Given
        var system = new Cost(
                result(1_000, 1_000, 0, 2),
                201,
                Map.of("order-service", 0.375, "postgres", 0.125, "client", 9.0),
                0.25,
                0.5);

        // When
        Map<String, Double> quantities = OrderSections.quantities(system, BARE);

        // Then
        assertThat(quantities)
                .containsEntry("rate", 500.0)
                .containsEntry("rate.ratio", 0.1)
                .containsEntry("cpu", 0.5)
                .containsEntry("cpu.ratio", 16.0)
                .containsEntry("client", 0.25)
                .containsEntry("bare.client", 0.95)
                .containsEntry("other", 1.0)
                .containsEntry("rate.client-bound", 0.0)
                .containsEntry("rate.ratio.client-bound", 1.0)
                .doesNotContainKey("lag.p99");
    }

    @Test
    void onlyExpectedAnswersAreAResult() {
        // Given
        var overloaded = new Cost(result(1_000, 400, 99, 2), 201, Map.of("order-service", 0.5), 0.25, 0.5);

        // When
        Map<String, Double> quantities = OrderSections.openLoopQuantities(overloaded, BARE);

        // Then
        assertThat(quantities)
                .containsEntry("rate", 200.0)
                .containsEntry("rate.ratio", 0.04)
                .containsEntry("p50", 10.0)
                .containsEntry("p99", 20.0)
                .containsEntry("due", 1_100.0)
                .containsEntry("sent", 1_001.0)
                .containsEntry("unsent", 99.0)
                .containsEntry("other", 700.0)
                .containsEntry("503.share", 60.0)
                .containsEntry("503.p99", 2.0)
                .containsEntry("rate.client-bound", 1.0);
    }

    @Test
    void anOpenLoopHasAConnectionForEveryRequestThatIsDueBeforeAnAnswer() {
        // When, Then
        assertThat(WholeBench.openLoopConnections(100, 20_000)).isEqualTo(2_000);
        assertThat(WholeBench.openLoopConnections(4_000, 20_000)).isEqualTo(10_000);
        assertThat(WholeBench.openLoopConnections(50_000, 20_000)).isEqualTo(12_000);
        assertThat(WholeBench.openLoopConnections(4_000, 768)).isEqualTo(768);
    }
}
