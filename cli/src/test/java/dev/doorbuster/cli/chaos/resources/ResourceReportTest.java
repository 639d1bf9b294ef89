package dev.doorbuster.cli.chaos.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.chaos.resources.ResourceSample.Measure;
import dev.doorbuster.crowd.history.FaultRecord;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResourceReportTest {
    @Test
    void showsTheMediansOfEachPlace() {
        List<ResourceSample> samples = IntStream.range(0, 100)
                .mapToObj(i -> new ResourceSample(i / 10.0, Measure.FILES, "order-service-0", i))
                .toList();
        var fault = new FaultRecord(
                "kill-redis", "redis", FaultRecord.Effect.DEATH, 60_000_000, 60_000_000, 61_000_000, "", null);

        String page = ResourceReport.page("Seed 7", samples, List.of(fault));

        assertThat(page)
                .contains("<td>order-service-0</td><td>37.0</td><td>87.0</td><td>99.0</td>", "\"faults\":[1.0]")
                .contains("open files and sockets", "messages in queues");
    }
}
