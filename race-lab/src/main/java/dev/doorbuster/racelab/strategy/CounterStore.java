package dev.doorbuster.racelab.strategy;

import java.util.Locale;

public enum CounterStore {
    REDIS,
    MEMCACHED,
    POSTGRESQL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
