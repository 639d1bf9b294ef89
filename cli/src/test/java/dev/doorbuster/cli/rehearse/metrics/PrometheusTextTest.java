package dev.doorbuster.cli.rehearse.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.cli.rehearse.metrics.Scrape.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    @Test
    void readsWhatTheServicesWrite() {
        List<Sample> samples = PrometheusText.parse("""
                # HELP jvm_memory_used_bytes The amount of used memory
                # TYPE jvm_memory_used_bytes gauge
                jvm_memory_used_bytes{area="nonheap",id="CodeHeap 'profiled nmethods'",} 7699712.0

                process_cpu_usage 0.25
                x_bucket{le="+Inf",} 1.795568691599E9
                y NaN
                z{name="a \\"quoted\\", and more"} +Inf 1395066363000
                """);

        assertThat(samples)
                .containsExactly(
                        new Sample(
                                "jvm_memory_used_bytes",
                                Map.of("area", "nonheap", "id", "CodeHeap 'profiled nmethods'"),
                                7_699_712),
                        new Sample("process_cpu_usage", Map.of(), 0.25),
                        new Sample("x_bucket", Map.of("le", "+Inf"), 1_795_568_691.599),
                        new Sample("y", Map.of(), Double.NaN),
                        new Sample("z", Map.of("name", "a \"quoted\", and more"), Double.POSITIVE_INFINITY));
    }

    @Test
    void refusesAnyOtherPage() {
        assertThatThrownBy(() -> PrometheusText.parse("<html>Sign in</html>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Sign in");
    }
}
