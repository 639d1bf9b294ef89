package dev.doorbuster.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
    @Test
    void everyRoundBeginsWithTheNextVariant() {
        // Given
        List<String> variants = List.of("a", "b", "c");

        // When, Then
        assertThat(BenchOptions.order(variants, 1)).containsExactly("a", "b", "c");
        assertThat(BenchOptions.order(variants, 2)).containsExactly("b", "c", "a");
        assertThat(BenchOptions.order(variants, 3)).containsExactly("c", "a", "b");
        assertThat(BenchOptions.order(variants, 4)).containsExactly("a", "b", "c");
    }

    @Test
    void largeSalesAreComparedByMoreOrders() {
        // When, Then
        assertThat(WholeBench.growthOrders(3_000)).isEqualTo(1_000);
        assertThat(WholeBench.growthOrders(20_000)).isEqualTo(5_000);
    }
}
