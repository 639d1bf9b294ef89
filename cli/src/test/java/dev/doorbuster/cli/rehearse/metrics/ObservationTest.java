package dev.doorbuster.cli.rehearse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.rehearse.metrics.Observation.Candidate;
import dev.doorbuster.cli.rehearse.metrics.Scrape.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void putsCausesBeforeTheirSymptoms() {
        // Given
        Series edge = gauges("order-service-0", Map.of("system_cpu_usage", 0.95, "process_cpu_usage", 0.99));

        // When
        Observation observation = Observation.of(List.of(edge), 0);

        // Then
        assertThat(observation.candidates())
                .extracting(Candidate::rule)
                .containsExactly(SaturationRule.MACHINE, SaturationRule.PROCESS);
    }

    @Test
    void putsWhatIsNearestToItsLimitFirstWhereNothingIsOver() {
        Series edge = gauges("order-service-0", Map.of("system_cpu_usage", 0.1, "doorbuster_held_requests", 7_000.0));

        assertThat(Observation.of(List.of(edge), 0).candidates())
                .extracting(Candidate::rule)
                .containsExactly(SaturationRule.HELD_REQUESTS, SaturationRule.MACHINE);
    }

    @Test
    void namesTheProcessThatIsWorst() {
        Series calm = gauges("order-service-0", Map.of("process_cpu_usage", 0.2));
        Series busy = gauges("stock-service-0", Map.of("process_cpu_usage", 0.9));

        Candidate first = Observation.of(List.of(calm, busy), 0).saturated().orElseThrow();

        assertThat(first.measurement()).contains("stock-service-0", "90.0 %", "limit 85.0 %");
    }

    @Test
    void takesACounterThatBeganAgainForWhatItHasGrownSince() {
        var series = new Series(
                "order-service-0",
                List.of(scrape("order-service-0", 0, "x_total", 1_000), scrape("order-service-0", 1, "x_total", 40)));

        assertThat(series.growth("x_total", null, null)).hasValue(40);
    }

    private static Series gauges(String process, Map<String, Double> values) {
        List<Sample> samples = values.entrySet().stream()
                .map(value -> new Sample(value.getKey(), Map.of(), value.getValue()))
                .toList();
        return new Series(process, List.of(new Scrape(process, 0, samples), new Scrape(process, SECOND, samples)));
    }

    private static Scrape scrape(String process, int second, String name, double value) {
        return new Scrape(process, second * SECOND, List.of(new Sample(name, Map.of(), value)));
    }
}
