package dev.doorbuster.cli.chaos.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.chaos.memory.MemoryTrend.Sample;
import dev.doorbuster.cli.chaos.memory.MemoryTrend.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTrendTest {
    private static final Duration LOAD = Duration.ofMinutes(20);
    private static final Offset<Double> NEARLY = Offset.offset(0.01);

    @Test
    void warmingUpIsNoGrowth() {
        MemoryTrend trend = trend(LOAD, minute -> minute < 10 ? 80 + 8 * minute : 160);

        assertThat(trend.verdict()).isEqualTo(Verdict.FLAT);
        assertThat(trend.slope()).isCloseTo(0, NEARLY);
        assertThat(trend.toString()).contains("80 MiB at first", "160 at last", "flat");
    }

    @Test
    void growthThatGoesOnIsSeen() {
        MemoryTrend trend = trend(LOAD, minute -> 100 + minute / 2);

        assertThat(trend.grows()).isTrue();
        assertThat(trend.slope()).isCloseTo(30, NEARLY);
        assertThat(trend.toString()).contains("+30.0 MiB/h", "GROWS");
    }

    @Test
    void memoryThatIsGivenBackIsNoGrowth() {
        assertThat(trend(LOAD, minute -> 200 - minute).verdict()).isEqualTo(Verdict.FLAT);
    }

    @Test
    void oneStepIsNoGrowth() {
        MemoryTrend trend = trend(LOAD, minute -> minute < 15 ? 200 : 204);

        assertThat(trend.verdict()).isEqualTo(Verdict.FLAT);
        assertThat(trend.slope()).isCloseTo(0, NEARLY);
    }

    @Test
    void growthInStepsThatGoesOnIsSeen() {
        assertThat(trend(LOAD, minute -> 200 + 4 * Math.floor(minute / 3)).grows())
                .isTrue();
    }

    @Test
    void whatIsCollectedEachMinuteIsNoGrowth() {
        List<Sample> sawtooth = IntStream.range(0, 20 * 60)
                .mapToObj(second -> new Sample(1, second / 60.0, 200 + second % 60))
                .toList();

        assertThat(MemoryTrend.of("order-service-0", sawtooth, LOAD).slope()).isCloseTo(0, NEARLY);
    }

    @Test
    void aShortLoadIsNotJudged() {
        MemoryTrend trend = trend(Duration.ofMinutes(2), minute -> 100 + 20 * minute);

        assertThat(trend.verdict()).isEqualTo(Verdict.TOO_SHORT);
        assertThat(trend.toString()).doesNotContain("MiB/h");
    }

    @ParameterizedTest
    @CsvSource({"15, YOUNG", "7, YOUNG", "4, GROWS"})
    void whoWasRestartedLateIsNotJudged(int restarted, Verdict verdict) {
        List<Sample> samples = IntStream.rangeClosed(0, 20)
                .mapToObj(minute -> new Sample(minute < restarted ? 1 : 2, minute, 100 + minute))
                .toList();

        MemoryTrend trend = MemoryTrend.of("order-service-0", samples, LOAD);

        assertThat(trend.verdict()).isEqualTo(verdict);
        assertThat(trend.lives()).isEqualTo(2);
    }

    private static MemoryTrend trend(Duration load, DoubleUnaryOperator mebibytes) {
        List<Sample> samples = IntStream.rangeClosed(0, (int) load.toMinutes())
                .mapToObj(minute -> new Sample(1, minute, mebibytes.applyAsDouble(minute)))
                .toList();
        return MemoryTrend.of("order-service-0", samples, load);
    }
}
