package dev.doorbuster.notifier.http;

import dev.doorbuster.notifier.sse.StreamMetrics;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The HTTP server: limits, who may ask from where, and problems for whatever goes wrong. */
public final class NotifierServer {
    private static final int HEADERS_BYTES_MAX = 8 * 1024;

    private final HttpConfig config;
    private final HttpServer server;
    private int connections;

    private NotifierServer(Vertx vertx, HttpConfig config, Router router) {
        this.config = config;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxHeaderSize(HEADERS_BYTES_MAX)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(Math.toIntExact(config.idleMax().toMillis()))
                        // A stream is closed with its connection, which therefore must carry nothing else.
                        .setHttp2ClearTextEnabled(false))
                .connectionHandler(this::connected)
                .invalidRequestHandler(NotifierServer::invalid)
                .requestHandler(router);
    }

    public static Future<NotifierServer> start(
            Vertx vertx, HttpConfig config, Streams streams, StreamMetrics metrics, RedisStore redis) {
        Router router = Router.router(vertx);
        if (!config.corsOrigins().isEmpty()) {
            router.route().handler(cors(config));
        }
        var endpoints = new Endpoints(
                streams, metrics, new Tokens(vertx, config.jwtSecret()), new Tickets(redis, config.ticketLife()));
        endpoints.mount(router);
        IntStream.range(400, 500)
                .forEach(status ->
                        router.errorHandler(status, context -> Endpoints.refuse(context, Problems.ofStatus(status))));
        router.errorHandler(500, context -> Endpoints.refuse(context, Problems.ofFault(context.failure())));
        var notifier = new NotifierServer(vertx, config, router);
        return notifier.server.listen(config.port(), config.host()).map(notifier);
    }

    public int port() {
        return server.actualPort();
    }

    public Future<Void> stop() {
        return server.close();
    }

    private static CorsHandler cors(HttpConfig config) {
        CorsHandler handler = CorsHandler.create()
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS))
                .allowedHeaders(Set.of("Authorization", "Content-Type", "Last-Event-ID", "Cache-Control"))
                .maxAgeSeconds(600);
        config.corsOrigins().forEach(handler::addOrigin);
        return handler;
    }

    private void connected(HttpConnection connection) {
        if (connections >= config.connectionsMax()) {
            connection.close();
            return;
        }
        connections++;
        connection.closeHandler(closed -> connections--);
    }

    /** What could not be read as a request: a line or headers too long, or no HTTP at all. */
    private static void invalid(HttpServerRequest request) {
        String why = String.valueOf(request.decoderResult().cause().getMessage());
        int status =
                why.startsWith("An HTTP line is larger") ? 414 : why.startsWith("HTTP header is larger") ? 431 : 400;
        Problems.ofStatus(status).send(request.response());
        request.connection().close();
    }
}
