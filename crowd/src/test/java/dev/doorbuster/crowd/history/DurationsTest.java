package dev.doorbuster.crowd.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DurationsTest {
    private static final long NANOS_PER_MS = 1_000_000;
    private static final Percentage ERROR = Percentage.withPercentage(0.1);

    @Test
    void percentilesAreAtMostAThousandthTooHigh() {
        // Given
        Durations durations = milliseconds(1, 1_000);

        // When, Then
        assertThat(durations.millis(0.5)).isCloseTo(500, ERROR).isGreaterThanOrEqualTo(500);
        assertThat(durations.millis(0.99)).isCloseTo(990, ERROR).isGreaterThanOrEqualTo(990);
        assertThat(durations.millis(1)).isCloseTo(1_000, ERROR).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void negativeDurationsCountAsZero() {
        // Given
        var durations = new Durations();

        // When
        durations.record(-5);

        // Then
        assertThat(durations.millis(1)).isZero();
    }

    @Test
    void noDurationsHaveOnlyZeros() {
        // When, Then
        assertThat(new Durations().millis(0.99)).isZero();
    }

    @Test
    void partsThatWereReadFromJsonAreAdded() throws Exception {
        // Given
        var mapper = new JsonMapper();
        Durations part = mapper.readValue(mapper.writeValueAsString(milliseconds(1, 500)), Durations.class);

        // When
        Durations all = Durations.of(Stream.of(part, milliseconds(501, 1_000)));

        // Then
        assertThat(all.millis(0.5)).isCloseTo(500, ERROR);
        assertThat(all.millis(1)).isCloseTo(1_000, ERROR);
    }

    private static Durations milliseconds(int first, int last) {
        var durations = new Durations();
        for (int ms = first; ms <= last; ms++) {
            durations.record(ms * NANOS_PER_MS);
        }
        return durations;
    }
}
