package dev.doorbuster.cli.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private static final long NANOS_PER_MS = 1_000_000;

    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void quantilesAreAtMostABucketTooHigh() {
        // Given
        for (int ms = 1; ms <= 1_000; ms++) {
            histogram.record(ms * NANOS_PER_MS);
        }

        // When
        LoadResult.Percentiles found = histogram.percentiles();

        // Then
        assertThat(found.p50()).isCloseTo(500, Percentage.withPercentage(1.6)).isGreaterThanOrEqualTo(500);
        assertThat(found.p99()).isCloseTo(990, Percentage.withPercentage(1.6)).isGreaterThanOrEqualTo(990);
        assertThat(found.max()).isEqualTo(1_000);
    }

    @Test
    void smallValuesAreExact() {
        // Given
        histogram.record(-5);
        histogram.record(7);

        // When, Then
        assertThat(histogram.quantileMs(0.5)).isZero();
        assertThat(histogram.quantileMs(1)).isCloseTo(7e-6, within(1e-12));
    }

    @Test
    void anEmptyHistogramHasOnlyZeros() {
        // When, Then
        assertThat(histogram.percentiles()).isEqualTo(new LoadResult.Percentiles(0, 0, 0));
    }

    @Test
    void theLongestDurationHasABucket() {
        // Given
        histogram.record(Long.MAX_VALUE);

        // When, Then
        assertThat(histogram.quantileMs(0.5)).isPositive();
    }
}
