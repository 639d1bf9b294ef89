package dev.doorbuster.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchPartTest {
    @Test
    void nothingNamedIsAll() {
        // When, Then
        assertThat(BenchPart.expand(List.of()))
                .isEqualTo(BenchPart.expand(List.of(BenchPart.ALL)))
                .contains(BenchPart.COUNTER, BenchPart.INSTANCES)
                .doesNotContain(BenchPart.WHOLE, BenchPart.ALL);
    }

    @Test
    void theWholeBeginsWithTheClosedLoops() {
        // When, Then
        assertThat(BenchPart.expand(List.of(BenchPart.WHOLE, BenchPart.LEDGER)))
                .containsExactly(
                        BenchPart.LEDGER,
                        BenchPart.CLOSED,
                        BenchPart.OPEN,
                        BenchPart.SALES,
                        BenchPart.GROWTH,
                        BenchPart.REST,
                        BenchPart.INSTANCES);
    }
}
