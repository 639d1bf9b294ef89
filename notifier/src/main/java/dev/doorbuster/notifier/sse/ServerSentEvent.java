package dev.doorbuster.notifier.sse;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * One server-sent event.
 *
 * @param id message id and index of the element, so that a client can detect repetition; null for aggregates, which
 *     need no replay
 * @param name type of the event, for example {@code order.confirmed}
 * @param data JSON without line breaks, so that it fits one {@code data} line
 */
public record ServerSentEvent(String id, String name, JsonObject data) {
    public Buffer encode() {
        return Buffer.buffer(
                (id == null ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + data.encode() + "\n\n");
    }

    /**
     * Sent on reconnect if the client's last event id is no longer remembered: the client must read the current
     * state by HTTP.
     */
    static ServerSentEvent missed() {
        return new ServerSentEvent(null, "events.missed", new JsonObject());
    }

    /** A comment as heartbeat: clients ignore it, proxies keep the connection open. */
    static Buffer comment(String text) {
        return Buffer.buffer(": " + text + "\n\n");
    }

    /** First event of a stream: how long a client waits before it reconnects. */
    static Buffer preamble(Duration retry) {
        return Buffer.buffer("retry: " + retry.toMillis() + "\n: connected\n\n");
    }
}
