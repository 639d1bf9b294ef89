package dev.doorbuster.contracts.topology;

import java.util.ArrayList;
import java.util.List;

/** Exchanges, queues and bindings, declared in this order. */
public record Topology(List<Exchange> exchanges, List<Queue> queues, List<Binding> bindings) {
    public static final Topology NONE = new Topology(List.of(), List.of(), List.of());

    public Topology {
        exchanges = List.copyOf(exchanges);
        queues = List.copyOf(queues);
        bindings = List.copyOf(bindings);
    }

    public Topology and(Topology other) {
        return new Topology(
                join(exchanges, other.exchanges), join(queues, other.queues), join(bindings, other.bindings));
    }

    /**
     * The same topology with all shared queues replicated. A classic queue is on one node only, and while that node is down its
     * messages are not routed, so that a notification queue would block the decisions.
     */
    public Topology replicated() {
        return new Topology(exchanges, queues.stream().map(Queue::replicated).toList(), bindings);
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        var all = new ArrayList<T>(first);
        all.addAll(second);
        return all;
    }
}
