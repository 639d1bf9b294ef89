package dev.doorbuster.racelab.strategy;

import java.util.Locale;

/** The servers that count. */
public enum CounterStore {
    REDIS,
    MEMCACHED,
    POSTGRESQL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
