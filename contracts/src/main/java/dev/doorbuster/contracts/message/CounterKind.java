package dev.doorbuster.contracts.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a sale's stock counter lives. */
public enum CounterKind {
    @JsonProperty("redis")
    REDIS,
    @JsonProperty("memcached")
    MEMCACHED;

    /** The name on the wire and in the database. */
    public String wireName() {
        return this == REDIS ? "redis" : "memcached";
    }

    public static CounterKind of(String wireName) {
        for (CounterKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no such counter: " + wireName);
    }
}
