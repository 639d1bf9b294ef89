package dev.doorbuster.cli.system.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceSpecsTest {
    @Test
    void handsOnWhatBeginsAsToldAndNothingElse() {
        var own = Map.of(
                "DOORBUSTER_LOG_FORMAT", "json",
                "DOORBUSTER_TRACE_EXPORTER", "log",
                "DOORBUSTER_RABBITMQ_PASSWORD", "somebody's own",
                "PATH", "/usr/bin");

        assertThat(ServiceSpecs.handedOn(own, List.of("DOORBUSTER_LOG_", "DOORBUSTER_TRACE_")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("DOORBUSTER_LOG_FORMAT", "json", "DOORBUSTER_TRACE_EXPORTER", "log"));
    }
}
