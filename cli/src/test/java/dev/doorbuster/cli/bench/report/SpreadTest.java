package dev.doorbuster.cli.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void showsTheMedianAndTheRange() {
        // When, Then
        assertThat(new Spread(List.of(3000.0, 1000.0, 2000.4)).text(0)).isEqualTo("2,000 (1,000–3,000)");
        assertThat(new Spread(List.of(1.0, 2.0, 4.0, 5.0)).median()).isEqualTo(3.0);
    }

    @Test
    void aSingleValueHasNoRange() {
        // When, Then
        assertThat(new Spread(List.of(0.12345)).text(3)).isEqualTo("0.123");
    }

    @Test
    void nothingHasNoMedian() {
        // When, Then
        assertThatThrownBy(() -> new Spread(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
