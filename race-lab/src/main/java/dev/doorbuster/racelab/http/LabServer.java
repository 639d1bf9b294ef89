package dev.doorbuster.racelab.http;

import dev.doorbuster.racelab.race.RaceCourse;
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
public final class LabServer {
    private static final int HEADERS_BYTES_MAX = 8 * 1024;

    private final HttpConfig config;
    private final HttpServer server;
    private int connections;

    private LabServer(Vertx vertx, HttpConfig config, Router router) {
        this.config = config;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxHeaderSize(HEADERS_BYTES_MAX)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(Math.toIntExact(config.idleMax().toMillis()))
                        .setHttp2ClearTextEnabled(false))
                .connectionHandler(this::connected)
                .invalidRequestHandler(LabServer::invalid)
                .requestHandler(router);
    }

    public static Future<LabServer> start(Vertx vertx, HttpConfig config, RaceCourse course) {
        Router router = Router.router(vertx);
        if (!config.corsOrigins().isEmpty()) {
            router.route().handler(cors(config));
        }
        new Endpoints(course, new OperatorTokens(vertx, config.jwtSecret())).mount(router);
        IntStream.range(400, 500)
                .forEach(status -> router.errorHandler(
                        status, context -> Problems.ofStatus(status).send(context.response())));
        router.errorHandler(500, context -> Problems.ofFault(context.failure()).send(context.response()));
        var lab = new LabServer(vertx, config, router);
        return lab.server.listen(config.port(), config.host()).map(lab);
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
                .allowedHeaders(Set.of("Authorization", "Content-Type"))
                .exposedHeader("Location")
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

    private static void invalid(HttpServerRequest request) {
        Problems.ofStatus(400).send(request.response());
        request.connection().close();
    }
}
