package dev.doorbuster.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.cli.chaos.fault.BrokerAdmin;
import dev.doorbuster.crowd.judge.evidence.BrokerSnapshot;
import dev.doorbuster.crowd.judge.evidence.BrokerSnapshot.PublishedEvent;
import dev.doorbuster.devservices.ServerGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects all order events in a durable queue of its own. */
public final class EventObserver {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String QUEUES = "chaos.observer.";
    private static final String EVENTS = "doorbuster.events";
    private static final int TAKE_MAX = 500;
    private static final long UNCOUNTED = 1;
    /** The broker updates its queue statistics every 5 s. */
    private static final Duration COUNTED_AFTER = Duration.ofSeconds(6);

    private static final Duration QUIET_MAX = Duration.ofSeconds(45);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final BrokerAdmin broker;
    private final String queue;

    /**
     * Creates the observer; it observes no sale yet.
     *
     * @param name name of its queue
     */
    public EventObserver(ServerGroup brokers, String name) {
        broker = new BrokerAdmin(brokers);
        queue = QUEUES + name;
    }

    /** Adds a sale to observe. */
    public void observe(String sale) {
        broker.bind(queue, EVENTS, "order.*." + sale);
    }

    void observeAll() {
        broker.bind(queue, EVENTS, "order.#");
    }

    /** Waits until the queues are empty, up to a limit, and returns the collected events. */
    public BrokerSnapshot snapshot() throws InterruptedException {
        long began = System.nanoTime();
        Map<String, Long> left;
        do {
            // A pause between polls, within the limit: the broker does not notify of an empty queue.
            Thread.sleep(LOOK_EVERY.toMillis());
            left = left(broker.queues());
        } while (since(began).compareTo(COUNTED_AFTER) < 0
                || (left.values().stream().anyMatch(messages -> messages > 0)
                        && since(began).compareTo(QUIET_MAX) < 0));
        return new BrokerSnapshot(events(), left);
    }

    /** Messages by queue; a queue that the broker has not counted is not empty. */
    static Map<String, Long> left(JsonNode queues) {
        var left = new HashMap<String, Long>();
        for (JsonNode queue : queues) {
            String name = queue.get("name").asText();
            if (!name.startsWith(QUEUES) && !name.equals("unheard")) {
                left.put(name, queue.path("messages").asLong(UNCOUNTED));
            }
        }
        return left;
    }

    private List<PublishedEvent> events() {
        var events = new ArrayList<PublishedEvent>();
        JsonNode messages = broker.take(queue, TAKE_MAX);
        while (!messages.isEmpty()) {
            messages.forEach(message -> read(message.get("payload").asText(), events));
            messages = broker.take(queue, TAKE_MAX);
        }
        return events;
    }

    private static void read(String payload, List<PublishedEvent> into) {
        try {
            JsonNode message = MAPPER.readTree(payload);
            String type = message.at("/header/type").asText().replaceFirst("\\.v\\d+$", "");
            for (JsonNode element : message.get("elements")) {
                into.add(new PublishedEvent(
                        type,
                        element.at("/order/id").asText(),
                        element.at("/order/status").asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an event that is no JSON: " + payload, e);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
