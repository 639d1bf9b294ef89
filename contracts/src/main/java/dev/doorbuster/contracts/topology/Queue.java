package dev.doorbuster.contracts.topology;

import java.util.HashMap;
import java.util.Map;

/** A queue: durable and shared, or exclusive to one connection and gone with it. */
public record Queue(String name, boolean exclusive, Map<String, Object> arguments) {
    public boolean durable() {
        return !exclusive;
    }

    /** Whether only one of its consumers gets messages, and the others wait for it to go. */
    public boolean singleActiveConsumer() {
        return Boolean.TRUE.equals(arguments.get("x-single-active-consumer"));
    }

    /** An exclusive queue lives and dies with a connection to one node: it stays as it is. */
    Queue replicated() {
        if (exclusive) {
            return this;
        }
        var onAllNodes = new HashMap<>(arguments);
        onAllNodes.put("x-queue-type", "quorum");
        return new Queue(name, false, Map.copyOf(onAllNodes));
    }
}
