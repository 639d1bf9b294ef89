package dev.doorbuster.order.edge.http.connection;

import dev.doorbuster.runtime.http.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * Rejects a request before its body was read, so that the client receives the answer. Closing a socket with unread
 * bytes resets the connection, and a client that is still writing loses the response. So the response is written
 * first, the remaining body is discarded for a limited time, and then the connection is closed.
 */
public final class EarlyRefusal {
    private final Vertx vertx;
    private final Duration lingerMax;

    public EarlyRefusal(Vertx vertx, Duration lingerMax) {
        this.vertx = vertx;
        this.lingerMax = lingerMax;
    }

    public void refuse(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        problem.write(response);
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
