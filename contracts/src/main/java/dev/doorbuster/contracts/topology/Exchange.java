package dev.doorbuster.contracts.topology;

import java.util.Map;

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
