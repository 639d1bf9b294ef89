package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Queue;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.trace.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One queue to consume.
 *
 * @param topology asked anew at each connection, so that a queue of this connection alone can have a name of this
 *     connection alone. Its first queue is consumed
 * @param declares whether to declare it first
 * @param prefetch messages held unacknowledged
 * @param retries where a message waits after it could not be delivered for the first time, for the second, and so on;
 *     after that it is given up
 * @param delay how long after the connection stands to subscribe: a standby comes later, so that partitions spread
 * @param onActive runs when the subscription stands
 * @param onLost runs when it stands no longer
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

    /** The same, with spans for what is traced. */
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

    /** A queue of this connection alone. */
    public static Subscription exclusive(
            Supplier<Topology> topology, BatchHandler handler, Runnable onActive, Runnable onLost) {
        return new Subscription(
                topology, true, OptionalInt.empty(), List.of(), Duration.ZERO, handler, onActive, onLost);
    }

    /** A durable queue that is declared first, with all that comes along with it. */
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
