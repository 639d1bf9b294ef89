package dev.doorbuster.runtime.amqp.consume;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.DeadLetter.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Metrics of consuming, tagged with the queue name without its partition. */
public final class ConsumeMetrics {
    private static final Duration[] AGES = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5)
    };

    private final DistributionSummary messages;
    private final DistributionSummary elements;
    private final Timer age;
    /** Only messages dead-lettered by a consumer; those dead-lettered by the broker are not counted. */
    private final Map<Cause, Counter> deadLettered = new EnumMap<>(Cause.class);

    ConsumeMetrics(MeterRegistry registry, String queue) {
        Tags kind = Tags.of("queue", queue.replaceAll("\\.[^.]*$", ""));
        messages = DistributionSummary.builder("doorbuster.gathering.messages")
                .description("Messages of one sale per handled batch")
                .tags(kind)
                .serviceLevelObjectives(1, 4, 16, 64)
                .register(registry);
        elements = DistributionSummary.builder("doorbuster.gathering.elements")
                .description("Elements per handled batch")
                .tags(kind)
                .serviceLevelObjectives(1, 4, 16, 64, 256, 1024)
                .register(registry);
        age = Timer.builder("doorbuster.gathering.age")
                .description("Age of the oldest message of a batch when its handling starts")
                .tags(kind)
                .serviceLevelObjectives(AGES)
                .register(registry);
        for (Cause cause : List.of(Cause.UNDECODABLE, Cause.REFUSED, Cause.UNDELIVERED)) {
            deadLettered.put(
                    cause,
                    Counter.builder("doorbuster.messages.dead.lettered")
                            .description("Messages, or parts of them, dead-lettered by a consumer")
                            .tags(kind.and("cause", cause.wireName()))
                            .register(registry));
        }
    }

    void gathered(List<Message> batch) {
        messages.record(batch.size());
        elements.record(
                batch.stream().mapToInt(message -> message.elements().size()).sum());
        // The sender's clock may be ahead; Micrometer ignores negative durations.
        age.record(Duration.between(batch.get(0).sentAt(), Instant.now()));
    }

    public void deadLettered(Cause cause) {
        deadLettered.get(cause).increment();
    }
}
