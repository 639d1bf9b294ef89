package dev.doorbuster.contracts.value;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The store of a sale's counter. */
public enum CounterKind {
    @JsonProperty("redis")
    REDIS,
    @JsonProperty("memcached")
    MEMCACHED;

    /** The name in messages and in the database. */
    public String wireName() {
        return this == REDIS ? "redis" : "memcached";
    }

    public static CounterKind of(String wireName) {
        for (CounterKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown counter: " + wireName);
    }
}
