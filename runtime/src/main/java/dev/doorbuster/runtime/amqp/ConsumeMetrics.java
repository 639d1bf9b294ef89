package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.DeadLetter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** How consuming goes; one for each kind of queue, whatever the partition. */
final class ConsumeMetrics {
    private final DistributionSummary messages;
    private final DistributionSummary elements;
    private final MeterRegistry registry;
    private final String kind;

    ConsumeMetrics(MeterRegistry registry, String queue) {
        this.registry = registry;
        kind = queue.replaceAll("\\.[^.]*$", "");
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

    void deadLettered(DeadLetter.Cause cause) {
        registry.counter("doorbuster.messages.dead_lettered", "queue", kind, "cause", cause.wireName())
                .increment();
    }
}
