package dev.doorbuster.cli.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Reference for costs: a Vert.x server with one event loop and default options that reads a body and answers a
 * constant 201 of the size of a real order. Prints its port as JSON once it listens; ends at the end of its standard
 * input.
 */
public final class BareServer {
    private static final String ORDER = """
            {"id":"0bb410d7-0000-4000-8000-000000000000","saleId":"y64hzigxmwuzwchq","buyer":"alice","quantity":1,\
            "status":"RESERVED","totalCents":4900,"placedAt":"2026-01-01T17:00:00Z","holdExpiresAt":"2026-01-01T17:15:00Z"}""";

    private BareServer() {}

    public static void main(String[] arguments) throws IOException {
        Buffer order = Buffer.buffer(ORDER);
        Vertx.vertx()
                .createHttpServer()
                .requestHandler(request -> request.body()
                        .compose(body -> request.response()
                                .setStatusCode(201)
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(order))
                        .onFailure(cause -> request.connection().close()))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println("{\"port\":" + server.actualPort() + "}"))
                .onFailure(cause -> System.exit(1));
        long unused = System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
