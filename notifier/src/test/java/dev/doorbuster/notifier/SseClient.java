package dev.doorbuster.notifier;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Reads an event stream as a browser does; keeps headers, comments and events. Thread-safe. */
public final class SseClient {
    /** One received event. */
    public record Received(String id, String name, JsonObject data) {}

    private final StringBuilder text = new StringBuilder();
    private volatile HttpClientResponse response;
    private volatile boolean ended;

    public static SseClient open(HttpClient client, int port, String path) {
        return open(client, port, path, null);
    }

    /** Reconnects with this Last-Event-ID; null for a first connection. */
    public static SseClient open(HttpClient client, int port, String path, String lastEventId) {
        var sse = new SseClient();
        client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> {
                    request.putHeader("Accept", "text/event-stream");
                    if (lastEventId != null) {
                        request.putHeader("Last-Event-ID", lastEventId);
                    }
                    return Exchange.send(request, response -> {
                        sse.read(response);
                        return Future.succeededFuture();
                    });
                })
                .onFailure(cause -> sse.ended = true);
        return sse;
    }

    public static HttpClient client(Vertx vertx) {
        return vertx.createHttpClient();
    }

    private void read(HttpClientResponse answered) {
        answered.handler(this::append).endHandler(end -> ended = true).exceptionHandler(cause -> ended = true);
        response = answered;
    }

    private synchronized void append(Buffer bytes) {
        text.append(bytes.toString());
    }

    public synchronized String text() {
        return text.toString();
    }

    public synchronized int length() {
        return text.length();
    }

    public boolean isOpen() {
        return response != null && response.statusCode() == 200 && text().contains(": connected\n");
    }

    public boolean isEnded() {
        return ended;
    }

    public String header(String name) {
        return response.getHeader(name);
    }

    /** The completely received events. */
    public List<Received> events() {
        var events = new ArrayList<Received>();
        var fields = new HashMap<String, String>();
        for (String line : text().lines().toList()) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            } else if (line.isEmpty()) {
                if (fields.containsKey("data")) {
                    events.add(new Received(fields.get("id"), fields.get("event"), new JsonObject(fields.get("data"))));
                }
                fields.clear();
            }
        }
        return events;
    }

    public List<String> names() {
        return events().stream().map(Received::name).toList();
    }
}
