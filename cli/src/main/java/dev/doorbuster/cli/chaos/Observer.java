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

/** Listens to every event about orders from before the first one, with a queue of its own that outlasts the broker. */
final class Observer {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String QUEUE = "chaos.observer";
    private static final String EVENTS = "doorbuster.events";
    private static final int TAKE_MAX = 500;
    /** The broker counts its queues each 5 s. */
    private static final Duration COUNTED_AFTER = Duration.ofSeconds(6);

    private static final Duration QUIET_MAX = Duration.ofSeconds(45);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final BrokerDesk desk;

    Observer(ServerGroup brokers) {
        desk = new BrokerDesk(brokers);
    }

    void listen() {
        desk.listen(QUEUE, EVENTS, "order.#");
    }

    /** Waits until the queues are empty, or for as long as that may take, and tells what was heard. */
    Wire hear() throws InterruptedException {
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
            if (!name.equals(QUEUE) && !name.equals("unheard")) {
                left.put(name, queue.path("messages").asLong());
            }
        }
        return left;
    }

    private List<Event> events() {
        var events = new ArrayList<Event>();
        JsonNode messages = desk.take(QUEUE, TAKE_MAX);
        while (!messages.isEmpty()) {
            messages.forEach(message -> read(message.get("payload").asText(), events));
            messages = desk.take(QUEUE, TAKE_MAX);
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
