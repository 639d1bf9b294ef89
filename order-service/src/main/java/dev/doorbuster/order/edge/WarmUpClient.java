package dev.doorbuster.order.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;

/**
 * Sends the requests of a warm-up, each on a connection of its own. They are written as bytes, because an HTTP
 * client would need warming up itself. To be used on one event loop only.
 */
final class WarmUpClient {
    /** An order's body. */
    static final String ORDER = "{\"quantity\":1}";

    /** Not sampled, as the flags "00" say. */
    private static final String NOT_TRACED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private final NetClient client;
    private final String host;
    private final int port;

    WarmUpClient(Vertx vertx, String host, int port) {
        this.client = vertx.createNetClient();
        this.host = host;
        this.port = port;
    }

    /**
     * Sends a request; fails if its answer has another status.
     *
     * @param request method and path
     */
    Future<Void> ask(int status, String request, String body, String... headers) {
        return client.connect(port, host)
                .compose(socket -> {
                    Promise<Buffer> answer = Promise.promise();
                    Buffer read = Buffer.buffer();
                    socket.handler(read::appendBuffer).closeHandler(closed -> answer.tryComplete(read));
                    return socket.write(text(request, body, headers)).compose(written -> answer.future());
                })
                .compose(answer -> answer.toString().startsWith("HTTP/1.1 " + status)
                        ? Future.succeededFuture()
                        : Future.failedFuture(request + " was answered "
                                + answer.toString().lines().findFirst().orElse("by a closed connection")));
    }

    Future<Void> close() {
        return client.close();
    }

    private static String text(String request, String body, String... headers) {
        return String.join(
                "\r\n",
                request + " HTTP/1.1",
                "Host: warm-up",
                "Connection: close",
                "Prefer: wait=10",
                "traceparent: " + NOT_TRACED,
                String.join("\r\n", headers),
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "",
                body);
    }
}
