package dev.doorbuster.contracts.topology;

import java.util.HashMap;
import java.util.Map;

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
