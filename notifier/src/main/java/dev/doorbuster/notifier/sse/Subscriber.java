package dev.doorbuster.notifier.sse;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;

/**
 * One open stream. Events are written directly while the socket accepts them and queued otherwise; a stream whose
 * backlog exceeds its limit is ended.
 */
final class Subscriber {
    private final StreamTopic streamTopic;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final int backlogMax;
    private final ArrayDeque<Buffer> backlog = new ArrayDeque<>();
    private boolean ended;

    Subscriber(StreamTopic streamTopic, HttpServerRequest request, StreamConfig config) {
        this.streamTopic = streamTopic;
        this.request = request;
        this.response = request.response();
        this.backlogMax = config.backlogMax();
        response.setWriteQueueMaxSize(config.writeQueueBytesMax());
        response.drainHandler(drained -> flush());
    }

    StreamTopic topic() {
        return streamTopic;
    }

    /** Returns false if the backlog is full. */
    boolean offer(Buffer event) {
        if (ended) {
            return true;
        }
        if (backlog.isEmpty() && !response.writeQueueFull()) {
            write(event);
            return true;
        }
        if (backlog.size() >= backlogMax) {
            return false;
        }
        backlog.add(event);
        return true;
    }

    /**
     * Writes the reason as a comment, ends the stream and closes its connection; queued events are dropped. If the
     * client does not read even this, the server's idle timeout closes the connection.
     */
    Future<Void> end(String why) {
        ended = true;
        backlog.clear();
        if (response.ended() || response.closed()) {
            return Future.succeededFuture();
        }
        return response.end(ServerSentEvent.comment(why))
                .onComplete(written -> request.connection().close());
    }

    private void flush() {
        while (!ended && !backlog.isEmpty() && !response.writeQueueFull()) {
            write(backlog.poll());
        }
    }

    /** A failed write means that the connection is closed, which its close handler reports. */
    private void write(Buffer event) {
        response.write(event);
    }
}
