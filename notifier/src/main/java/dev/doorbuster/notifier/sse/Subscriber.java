package dev.doorbuster.notifier.sse;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;

/**
 * One open stream. While its socket takes what is written, events go straight through; while it does not, they wait in a
 * backlog, and a reader for whom the backlog grows too long has to go.
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

    /** False where the reader is too slow to be given even this. */
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
     * Says why as a comment, ends the stream and then its connection; what waited is forgotten. A reader who does not
     * even take this is left to the server's idle timeout.
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

    /** A failed write means that the connection has ended, of which its close handler tells. */
    private void write(Buffer event) {
        response.write(event);
    }
}
