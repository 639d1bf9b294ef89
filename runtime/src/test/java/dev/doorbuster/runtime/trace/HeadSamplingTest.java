package dev.doorbuster.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeadSamplingTest {
    private static final SpanContext NOBODY = TraceParent.parse(null);
    private static final SpanContext SAMPLED =
            TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final SpanContext UNSAMPLED =
            TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");

    private final AtomicLong nanoTime = new AtomicLong();

    @Test
    void respectsAClientThatDoesNotTrace() {
        assertThat(sampling(1, 10).takes(UNSAMPLED)).isFalse();
    }

    @Test
    void respectsAClientThatTracesUpToTheLimitOfEachSecond() {
        // Given
        HeadSampling sampling = sampling(0, 3);

        // When
        long inFirstSecond = taken(sampling, SAMPLED, 10);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        long inSecondSecond = taken(sampling, SAMPLED, 10);

        // Then
        assertThat(inFirstSecond).isEqualTo(3);
        assertThat(inSecondSecond).isEqualTo(3);
    }

    @Test
    void samplesRequestsBeyondTheLimit() {
        assertThat(taken(sampling(1, 3), SAMPLED, 10)).isEqualTo(10);
    }

    @Test
    void tracesTheConfiguredRatioOfTheOtherRequests() {
        assertThat(taken(sampling(0, 10), NOBODY, 10_000)).isZero();
        assertThat(taken(sampling(1, 0), NOBODY, 10_000)).isEqualTo(10_000);
        // Of 100,000 samples at 1 %, fewer than 700 or more than 1,300 are nine standard deviations away from the mean.
        assertThat(taken(sampling(0.01, 0), NOBODY, 100_000)).isBetween(700L, 1_300L);
    }

    @Test
    void ignoresAnInvalidTraceparent() {
        assertThat(TraceParent.parse("").isValid()).isFalse();
        assertThat(TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7")
                        .isValid())
                .isFalse();
        assertThat(TraceParent.parse("00-00000000000000000000000000000000-00f067aa0ba902b7-01")
                        .isValid())
                .isFalse();
        assertThat(TraceParent.parse("x".repeat(10_000)).isValid()).isFalse();
    }

    private HeadSampling sampling(double ratio, int forcedPerSecondMax) {
        return new HeadSampling(ratio, forcedPerSecondMax, nanoTime::get);
    }

    private static long taken(HeadSampling sampling, SpanContext client, int requests) {
        return IntStream.range(0, requests)
                .filter(each -> sampling.takes(client))
                .count();
    }
}
