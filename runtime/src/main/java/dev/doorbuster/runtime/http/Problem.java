package dev.doorbuster.runtime.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * An error body by RFC 9457, {@code application/problem+json}.
 *
 * @param slug last part of {@code type}: {@code /problems/<slug>}
 * @param status HTTP status code
 * @param detail what happened and what to do
 * @param extra further members, such as {@code errors} or {@code id}
 */
public record Problem(String slug, int status, String title, String detail, Map<String, Object> extra) {
    public static final String CONTENT_TYPE = "application/problem+json";
    public static final String RETRY_AFTER = "Retry-After";

    public Problem {
        extra = Map.copyOf(extra);
    }

    public Problem(String slug, int status, String title, String detail) {
        this(slug, status, title, detail, Map.of());
    }

    public Problem withDetail(String text) {
        return new Problem(slug, status, title, text, extra);
    }

    public Problem with(String member, Object value) {
        var more = new java.util.LinkedHashMap<String, Object>(extra);
        more.put(member, value);
        return new Problem(slug, status, title, detail, more);
    }

    public Buffer body() {
        var json = new JsonObject()
                .put("type", "/problems/" + slug)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        extra.forEach(json::put);
        return json.toBuffer();
    }

    /** Writes the whole answer of a connection that is to be closed, without ending the response. */
    @CanIgnoreReturnValue
    public Future<Void> write(HttpServerResponse response) {
        Buffer body = body();
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .write(body);
    }

    /**
     * Ends the response with this problem, unless it has ended already. An answer that has begun is broken off, so that
     * a client does not mistake a part for the whole.
     */
    public void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            boolean unused = response.reset();
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .end(body());
    }
}
