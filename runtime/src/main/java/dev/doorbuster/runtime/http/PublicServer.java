package dev.doorbuster.runtime.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a service that answers people without a crowd at its door, which is for the order-service's edges:
 * limits, who may ask from where, and problems for whatever goes wrong. To be started and used on one event loop.
 */
public final class PublicServer {
    private static final Logger LOG = LoggerFactory.getLogger(PublicServer.class);

    private static final int HEADERS_BYTES_MAX = 8 * 1024;
    private static final int CORS_SECONDS = 600;

    /** For what cannot be had now: long enough for others to leave, short enough for a human. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private final PublicServerConfig config;
    private final ProblemResponses problemResponses;
    private final HttpServer server;
    private int connections;

    private PublicServer(Vertx vertx, PublicServerConfig config, ServiceRoutes routes) {
        this.config = config;
        this.problemResponses = new ProblemResponses(routes.problems());
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxHeaderSize(HEADERS_BYTES_MAX)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(Math.toIntExact(config.idleMax().toMillis()))
                        // A stream is closed with its connection, which therefore must carry nothing else.
                        .setHttp2ClearTextEnabled(false)
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setPerMessageWebSocketCompressionSupported(false))
                .connectionHandler(this::connected)
                .invalidRequestHandler(this::unreadable)
                .requestHandler(RequestSyntax.checked(router(vertx, routes)));
    }

    public static Future<PublicServer> start(Vertx vertx, PublicServerConfig config, ServiceRoutes routes) {
        var started = new PublicServer(vertx, config, routes);
        return started.server.listen(config.port(), config.host()).map(started);
    }

    public int port() {
        return server.actualPort();
    }

    public Future<Void> stop() {
        return server.close();
    }

    /** Answers with a body that no cache may keep. */
    @CanIgnoreReturnValue
    public static Future<Void> send(RoutingContext context, int status, JsonObject body) {
        return context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }

    /** Answers with a problem, and says when to come again where that helps. */
    public static void refuse(RoutingContext context, Problem problem) {
        if (!context.response().headWritten() && (problem.status() == 503 || problem.status() == 429)) {
            context.response().putHeader(Problem.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        problem.send(context.response());
    }

    /** Refuses a request without a valid token. */
    public static void askForToken(RoutingContext context) {
        context.response().putHeader("WWW-Authenticate", "Bearer");
        refuse(context, ProblemResponses.NO_TOKEN);
    }

    private Router router(Vertx vertx, ServiceRoutes routes) {
        Router router = Router.router(vertx);
        if (!config.corsOrigins().isEmpty()) {
            router.route().handler(CrossOrigin.only(cors(routes)));
        }
        routes.mount(router);
        router.route().failureHandler(PublicServer::unlessClientGone);
        IntStream.range(400, 500)
                .forEach(status ->
                        router.errorHandler(status, context -> refuse(context, problemResponses.ofStatus(status))));
        return router.errorHandler(500, context -> refuse(context, problemResponses.ofFault(context.failure())));
    }

    /** Vert.x would log as an error that a client left within its body. */
    private static void unlessClientGone(RoutingContext context) {
        if (context.failure() instanceof HttpClosedException
                && context.response().closed()) {
            LOG.debug(
                    "a client left before its request ended: {}",
                    context.request().path());
        } else {
            context.next();
        }
    }

    private CorsHandler cors(ServiceRoutes routes) {
        CorsHandler handler = CorsHandler.create()
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS))
                .allowedHeaders(Set.of("Authorization", "Content-Type"))
                .exposedHeader(Problem.RETRY_AFTER.toString())
                .maxAgeSeconds(CORS_SECONDS);
        routes.share(handler);
        config.corsOrigins().forEach(handler::addOrigin);
        return handler;
    }

    private void connected(HttpConnection connection) {
        PipelinedRequests.watch(connection);
        if (connections >= config.connectionsMax()) {
            connection.close();
            return;
        }
        connections++;
        connection.closeHandler(closed -> connections--);
    }

    /** What could not be read as a request: a line or headers too long, or no HTTP at all. */
    private void unreadable(HttpServerRequest request) {
        RequestSyntax.refuse(request, problemResponses.ofStatus(RequestSyntax.statusOfUnreadable(request)));
    }
}
