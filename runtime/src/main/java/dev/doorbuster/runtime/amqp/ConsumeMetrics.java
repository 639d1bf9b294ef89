package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.Message;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** How consuming goes; one for each kind of queue, whatever the partition. */
final class ConsumeMetrics {
    private final DistributionSummary messages;
    private final DistributionSummary elements;

    ConsumeMetrics(MeterRegistry registry, String queue) {
        String kind = queue.replaceAll("\\.[^.]*$", "");
        messages = DistributionSummary.builder("doorbuster.gathering.messages")
                .tag("queue", kind)
                .register(registry);
        elements = DistributionSummary.builder("doorbuster.gathering.elements")
                .tag("queue", kind)
                .register(registry);
    }

    void gathered(List<Message> gathering) {
        messages.record(gathering.size());
        elements.record(gathering.stream()
                .mapToInt(message -> message.elements().size())
                .sum());
    }
}
