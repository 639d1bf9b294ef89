package dev.doorbuster.notifier.sse;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * One event.
 *
 * @param id names the message and element it came from, so that a client can tell what it has seen; null for a mere figure,
 *     which nobody has to have seen
 * @param name what happened, for example {@code order.confirmed}
 * @param data JSON without line breaks: one {@code data} line is all it takes
 */
public record ServerSentEvent(String id, String name, JsonObject data) {
    public Buffer encode() {
        return Buffer.buffer(
                (id == null ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + data.encode() + "\n\n");
    }

    /** To who comes back with the id of an event that is not remembered: what happened since is to be asked for elsewhere. */
    static ServerSentEvent missed() {
        return new ServerSentEvent(null, "events.missed", new JsonObject());
    }

    /** A comment: clients ignore it, proxies see that the connection lives. */
    static Buffer comment(String text) {
        return Buffer.buffer(": " + text + "\n\n");
    }

    /** What a stream begins with: how long a client should wait before it connects again. */
    static Buffer preamble(Duration retry) {
        return Buffer.buffer("retry: " + retry.toMillis() + "\n: connected\n\n");
    }
}
