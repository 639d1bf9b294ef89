package dev.doorbuster.cli.crowd;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** What an order-service said to a buyer, whatever it says: nothing in it is taken for granted. */
public final class Reply {
    public static final String KEY = "Idempotency-Key";

    private final HttpClientResponse head;
    private final JsonObject body;

    public Reply(HttpClientResponse head, Buffer body) {
        this.head = head;
        this.body = json(body);
    }

    public int httpStatus() {
        return head.statusCode();
    }

    /** The order it names, or null. */
    public String orderId() {
        return text("id");
    }

    /** The Idempotency-Key that it names, or null. */
    public String key() {
        return head.getHeader(KEY);
    }

    /** The order's status, or null; a problem's is a number. */
    public String status() {
        return text("status");
    }

    /** The last part of a problem's type, or why an order was rejected, else null. */
    public String reason() {
        String type = text("type");
        return type == null ? text("reason") : type.substring(type.lastIndexOf('/') + 1);
    }

    public boolean replayed() {
        return "true".equals(head.getHeader("Idempotency-Replayed"));
    }

    /** In seconds, or {@code otherwise} where it does not say. */
    public int retryAfter(int otherwise) {
        String seconds = head.getHeader("Retry-After");
        return seconds != null && seconds.matches("\\d{1,6}") ? Integer.parseInt(seconds) : otherwise;
    }

    private String text(String member) {
        return body.getValue(member) instanceof String text ? text : null;
    }

    private static JsonObject json(Buffer body) {
        try {
            return body.length() == 0 ? new JsonObject() : body.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            return new JsonObject();
        }
    }
}
