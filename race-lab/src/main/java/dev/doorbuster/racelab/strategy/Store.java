package dev.doorbuster.racelab.strategy;

import java.util.Locale;

/** The servers that count. */
public enum Store {
    REDIS,
    MEMCACHED,
    POSTGRESQL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
