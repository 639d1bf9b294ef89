package dev.doorbuster.order.edge.http;

import dev.doorbuster.runtime.http.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * Refuses a request before it was read to its end, so that its client learns why. To close with unread bytes on the wire
 * resets the connection, and a client that is still writing then loses the answer. So the answer is sent whole, what
 * still comes is thrown away unread for a limited time, and only then the connection ends.
 */
final class EarlyRefusal {
    private final Vertx vertx;
    private final Duration lingerMax;

    EarlyRefusal(Vertx vertx, Duration lingerMax) {
        this.vertx = vertx;
        this.lingerMax = lingerMax;
    }

    void refuse(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Buffer body = problem.body();
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .write(body);
        long timer = vertx.setTimer(lingerMax.toMillis(), tick -> end(request));
        if (!request.isEnded()) {
            request.exceptionHandler(gone -> {})
                    .handler(dropped -> {})
                    .endHandler(all -> {
                        boolean unused = vertx.cancelTimer(timer);
                        end(request);
                    })
                    .resume();
        }
    }

    private static void end(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed()) {
            response.end().onComplete(ended -> request.connection().close());
        }
    }
}
