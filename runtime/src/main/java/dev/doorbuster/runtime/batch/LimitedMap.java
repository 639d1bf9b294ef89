package dev.doorbuster.runtime.batch;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets its eldest entry beyond a limit. */
public final class LimitedMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int max;

    public LimitedMap(int max) {
        this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
    }
}
