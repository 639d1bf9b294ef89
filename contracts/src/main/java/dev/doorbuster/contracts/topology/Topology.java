package dev.doorbuster.contracts.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    public record Binding(String exchange, String queue, String routingKey) {}

    /** A durable exchange. */
    public record Exchange(String name, Type type, Map<String, Object> arguments) {
        public enum Type {
            TOPIC("topic"),
            DIRECT("direct"),
            FANOUT("fanout");

            private final String wireName;

            Type(String wireName) {
                this.wireName = wireName;
            }

            public String wireName() {
                return wireName;
            }
        }
    }

    /** A queue: durable and shared, or exclusive to one connection and deleted with it. */
    public record Queue(String name, boolean exclusive, Map<String, Object> arguments) {
        public boolean durable() {
            return !exclusive;
        }

        /** Whether only one consumer receives messages while the others stand by. */
        public boolean singleActiveConsumer() {
            return Boolean.TRUE.equals(arguments.get("x-single-active-consumer"));
        }

        /** An exclusive queue belongs to a connection to one node and stays classic. */
        Queue replicated() {
            if (exclusive) {
                return this;
            }
            var onAllNodes = new HashMap<>(arguments);
            onAllNodes.put("x-queue-type", "quorum");
            return new Queue(name, false, Map.copyOf(onAllNodes));
        }
    }
}
