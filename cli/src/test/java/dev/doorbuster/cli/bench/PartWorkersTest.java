package dev.doorbuster.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.bench.PartWorkers.PartResult;
import dev.doorbuster.cli.bench.PartWorkers.WorkerAnswer;
import dev.doorbuster.crowd.history.Durations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartWorkersTest {
    private static final long NANOS_PER_MS = 1_000_000;

    private static WorkerAnswer answer(long done, long doneInTime, long... latenciesMs) {
        var latency = new Durations();
        for (long ms : latenciesMs) {
            latency.record(ms * NANOS_PER_MS);
        }
        return new WorkerAnswer(done, doneInTime, latency, 0, 0);
    }

    @Test
    void ratesCountWhatWasDoneInThePlannedTimeAndExactnessAll() {
        // When
        PartResult outcome = PartWorkers.outcome(List.of(answer(100, 90, 5), answer(200, 110, 5)), 2, 300, Map.of());

        // Then
        assertThat(outcome.perSecond()).isEqualTo(100);
        assertThat(outcome.check("sql")).isEmpty();
        assertThat(PartWorkers.outcome(List.of(answer(100, 90, 5)), 2, 99, Map.of())
                        .check("sql"))
                .containsExactly("sql is not exact: 100 done, 99 sold");
    }

    @Test
    void percentilesAreOfTheCallsOfAllProcesses() {
        // When
        PartResult outcome = PartWorkers.outcome(List.of(answer(3, 3, 10, 10, 10), answer(1, 1, 30)), 1, 4, Map.of());

        // Then
        assertThat(outcome.p50Ms()).isBetween(10.0, 10.1);
        assertThat(outcome.p99Ms().orElseThrow()).isBetween(30.0, 30.1);
    }

    @Test
    void aCallOfAThirdOfTheRunLeavesNoHighPercentile() {
        // When, Then
        assertThat(PartWorkers.outcome(List.of(answer(1, 1, 400)), 1, 1, Map.of())
                        .p99Ms())
                .isEmpty();
    }
}
