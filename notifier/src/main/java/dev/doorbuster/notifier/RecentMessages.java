package dev.doorbuster.notifier;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The ids of the messages seen last, so that one delivered again is not told again. */
final class RecentMessages {
    private final Map<UUID, Boolean> ids;

    RecentMessages(int max) {
        ids = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
                return size() > max;
            }
        };
    }

    boolean isNew(UUID id) {
        return ids.put(id, true) == null;
    }
}
