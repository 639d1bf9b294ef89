package dev.doorbuster.runtime.amqp.consume;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.contracts.topology.Topology.Queue;
import dev.doorbuster.runtime.trace.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One queue to consume.
 *
 * @param topology evaluated at each connection, so that an exclusive queue gets a new name each time. Its first queue is
 *     consumed
 * @param declares whether to declare the topology first
 * @param prefetch limit of unacknowledged messages
 * @param retries retry routes after the first, second, ... failed delivery; after the last the message is dead-lettered
 * @param delay wait between connecting and subscribing: standbys subscribe later, so that the partitions spread over the
 *     instances
 * @param onActive runs when the subscription is active
 * @param onLost runs when it has ended
 */
public record Subscription(
        Supplier<Topology> topology,
        boolean declares,
        OptionalInt prefetch,
        List<Route> retries,
        Duration delay,
        BatchHandler handler,
        Runnable onActive,
        Runnable onLost) {
    /** A durable queue that is declared elsewhere. */
    public static Subscription to(String queue, Duration delay, BatchHandler handler) {
        Queue declared = DoorbusterTopology.durable().queues().stream()
                .filter(each -> each.name().equals(queue))
                .findFirst()
                .orElseGet(() -> new Queue(queue, false, Map.of()));
        var topology = new Topology(List.of(), List.of(declared), List.of());
        return new Subscription(
                () -> topology, false, OptionalInt.empty(), List.of(), delay, handler, () -> {}, () -> {});
    }

    public static Subscription to(String queue, BatchHandler handler) {
        return to(queue, Duration.ZERO, handler);
    }

    /** Returns a subscription that adds spans to traced messages. */
    public Subscription traced(Tracing tracing) {
        return tracing.isOn()
                ? new Subscription(
                        topology,
                        declares,
                        prefetch,
                        retries,
                        delay,
                        new TracedHandler(handler, tracing),
                        onActive,
                        onLost)
                : this;
    }

    /** A queue of this connection only. */
    public static Subscription exclusive(
            Supplier<Topology> topology, BatchHandler handler, Runnable onActive, Runnable onLost) {
        return new Subscription(
                topology, true, OptionalInt.empty(), List.of(), Duration.ZERO, handler, onActive, onLost);
    }

    /** Declares a durable queue, with the rest of its topology, before consuming it. */
    public static Subscription declaring(Topology topology, int prefetch, List<Route> retries, BatchHandler handler) {
        return new Subscription(
                () -> topology,
                true,
                OptionalInt.of(prefetch),
                List.copyOf(retries),
                Duration.ZERO,
                handler,
                () -> {},
                () -> {});
    }
}
