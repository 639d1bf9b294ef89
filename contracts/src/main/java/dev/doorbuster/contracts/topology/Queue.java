package dev.doorbuster.contracts.topology;

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
}
