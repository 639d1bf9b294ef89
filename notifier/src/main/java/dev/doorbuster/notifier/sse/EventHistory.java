package dev.doorbuster.notifier.sse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last events of all topics, for clients that reconnect. */
final class EventHistory {
    private final int max;
    /** One entry per event, oldest first, with its topic. */
    private final ArrayDeque<StreamTopic> order = new ArrayDeque<>();

    private final Map<StreamTopic, ArrayDeque<ServerSentEvent>> byTopic = new HashMap<>();

    EventHistory(int max) {
        this.max = max;
    }

    void add(StreamTopic streamTopic, ServerSentEvent event) {
        order.add(streamTopic);
        byTopic.computeIfAbsent(streamTopic, first -> new ArrayDeque<>()).add(event);
        if (order.size() > max) {
            forgetOldest();
        }
    }

    /**
     * The topic's events after the given id; empty if that id is no longer remembered, so that the missed events are
     * unknown.
     */
    Optional<List<ServerSentEvent>> after(StreamTopic streamTopic, String id) {
        var later = new ArrayList<ServerSentEvent>();
        boolean found = false;
        for (ServerSentEvent each : byTopic.getOrDefault(streamTopic, new ArrayDeque<>())) {
            if (found) {
                later.add(each);
            }
            found = found || each.id().equals(id);
        }
        return found ? Optional.of(later) : Optional.empty();
    }

    private void forgetOldest() {
        StreamTopic streamTopic = order.remove();
        ArrayDeque<ServerSentEvent> events = byTopic.get(streamTopic);
        events.remove();
        if (events.isEmpty()) {
            byTopic.remove(streamTopic);
        }
    }
}
