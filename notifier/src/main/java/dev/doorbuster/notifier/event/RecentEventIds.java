package dev.doorbuster.notifier.event;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was told last, so that it is not told again when it is delivered again. */
public final class RecentEventIds<T> {
    private final Map<T, Boolean> told;

    public RecentEventIds(int max) {
        told = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
                return size() > max;
            }
        };
    }

    public boolean contains(T id) {
        return told.containsKey(id);
    }

    public void add(T id) {
        told.put(id, true);
    }
}
