package dev.doorbuster.systemtests;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/** The fastest refusal there could be: a bare Vert.x server that answers everything with one constant 409. */
public final class BareServer {
    private BareServer() {}

    /** Argument: the port. */
    public static void main(String[] arguments) {
        Buffer body = Buffer.buffer("{\"type\":\"/problems/sold-out\",\"title\":\"Sold out\",\"status\":409}");
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(409)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                        .end(body)
                        .onFailure(Throwable::printStackTrace))
                .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
                .onFailure(cause -> System.exit(1));
    }
}
