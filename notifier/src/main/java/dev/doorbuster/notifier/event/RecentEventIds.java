package dev.doorbuster.notifier.event;

import dev.doorbuster.runtime.batch.LimitedMap;
import java.util.Map;

/** A bounded set of recent event ids, to detect redelivery. */
public final class RecentEventIds<T> {
    private final Map<T, Boolean> ids;

    public RecentEventIds(int max) {
        ids = new LimitedMap<>(max);
    }

    public boolean contains(T id) {
        return ids.containsKey(id);
    }

    public void add(T id) {
        ids.put(id, true);
    }
}
