package dev.doorbuster.contracts.topology;

import java.util.ArrayList;
import java.util.List;

/** Exchanges, queues and bindings to be declared, in this order. */
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
     * The same with every shared queue on all nodes of a cluster. A classic queue is on one node only, and while that is away
     * nothing takes what would have gone there: what only informs would hold up what decides.
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
