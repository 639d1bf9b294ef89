package dev.doorbuster.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.cli.chaos.check.Wire;
import dev.doorbuster.cli.chaos.check.Wire.Event;
import dev.doorbuster.cli.chaos.fault.BrokerDesk;
import dev.doorbuster.devservices.ServerGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Listens to events about orders from before the first one, with a queue of its own that outlasts the broker. */
public final class Observer {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String QUEUES = "chaos.observer.";
    private static final String EVENTS = "doorbuster.events";
    private static final int TAKE_MAX = 500;
    /** The broker counts its queues each 5 s. */
    private static final Duration COUNTED_AFTER = Duration.ofSeconds(6);

    private static final Duration QUIET_MAX = Duration.ofSeconds(45);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final BrokerDesk desk;
    private final String queue;

    /**
     * Hears nothing yet.
     *
     * @param name tells it from others at the same brokers
     */
    public Observer(ServerGroup brokers, String name) {
        desk = new BrokerDesk(brokers);
        queue = QUEUES + name;
    }

    /** Begins to listen to the events of one sale; several may be listened to. */
    public void listen(String sale) {
        desk.listen(queue, EVENTS, "order.*." + sale);
    }

    void listenToAll() {
        desk.listen(queue, EVENTS, "order.#");
    }

    /** Waits until the queues are empty, or for as long as that may take, and tells what was heard. */
    public Wire hear() throws InterruptedException {
        long began = System.nanoTime();
        Map<String, Long> left;
        do {
            // A pause between two looks, within the limit; the broker tells nobody that a queue has become empty.
            Thread.sleep(LOOK_EVERY.toMillis());
            left = left();
        } while (since(began).compareTo(COUNTED_AFTER) < 0
                || (left.values().stream().anyMatch(messages -> messages > 0)
                        && since(began).compareTo(QUIET_MAX) < 0));
        return new Wire(events(), left);
    }

    private Map<String, Long> left() {
        var left = new HashMap<String, Long>();
        for (JsonNode queue : desk.queues()) {
            String name = queue.get("name").asText();
            if (!name.startsWith(QUEUES) && !name.equals("unheard")) {
                left.put(name, queue.path("messages").asLong());
            }
        }
        return left;
    }

    private List<Event> events() {
        var events = new ArrayList<Event>();
        JsonNode messages = desk.take(queue, TAKE_MAX);
        while (!messages.isEmpty()) {
            messages.forEach(message -> read(message.get("payload").asText(), events));
            messages = desk.take(queue, TAKE_MAX);
        }
        return events;
    }

    private static void read(String payload, List<Event> into) {
        try {
            JsonNode message = MAPPER.readTree(payload);
            String type = message.at("/header/type").asText().replaceFirst("\\.v\\d+$", "");
            for (JsonNode element : message.get("elements")) {
                into.add(new Event(
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
