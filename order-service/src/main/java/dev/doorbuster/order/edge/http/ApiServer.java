package dev.doorbuster.order.edge.http;

import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.http.connection.ConnectionGuard;
import dev.doorbuster.order.edge.http.connection.EarlyRefusal;
import dev.doorbuster.order.edge.http.connection.HttpConfig;
import dev.doorbuster.order.edge.problem.ProblemPages;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.operator.AuditTrail;
import dev.doorbuster.runtime.http.CrossOrigin;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.RequestSyntax;
import dev.doorbuster.runtime.trace.RequestSpan;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The HTTP server of one edge. */
public final class ApiServer {
    /** Connections waiting in the kernel to be accepted; the kernel's own limit applies too. */
    private static final int ACCEPT_BACKLOG = 4096;

    private static final int HEADER_BYTES_MAX = 16 * 1024;

    /** How long a browser may keep the answer to a preflight request. */
    private static final int PREFLIGHT_SECONDS = 600;

    private static final String YAML = "application/yaml";
    static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private final Vertx vertx;
    private final HttpConfig config;
    private final int retryAfterSeconds;
    private final HttpServer server;
    private final ConnectionGuard guard;
    private final Tracing tracing;
    private final EarlyRefusal earlyRefusal;
    private boolean refusing;
    private int underWay;

    private ApiServer(Vertx vertx, HttpConfig config, int retryAfterSeconds, MeterRegistry registry, Tracing tracing) {
        this.vertx = vertx;
        this.config = config;
        this.retryAfterSeconds = retryAfterSeconds;
        this.tracing = tracing;
        this.guard = new ConnectionGuard(vertx, config, registry);
        this.earlyRefusal = new EarlyRefusal(vertx, config.lingerMax());
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setHttp2ClearTextEnabled(false)
                // There are no web sockets: their handler would see each request and response.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(false));
    }

    /**
     * Starts the server.
     *
     * @param operations by operation id; must contain each of the document's operations
     * @param gate asked before a request is handled
     * @param fastPath called first for every other request
     * @param trail null if nothing that operators may change is requested
     */
    public static Future<ApiServer> start(
            Vertx vertx,
            HttpConfig config,
            int retryAfterSeconds,
            ApiDocument document,
            Tokens tokens,
            Map<String, ApiOperation> operations,
            Consumer<Router> pages,
            Gate gate,
            FastPath fastPath,
            MeterRegistry registry,
            Tracing tracing,
            AuditTrail trail) {
        var api = new ApiServer(vertx, config, retryAfterSeconds, registry, tracing);
        var faults = new EdgeProblemResponses(api.earlyRefusal, tracing, retryAfterSeconds);
        Router routes = new ApiRouter(vertx, document.contract(), tokens, tracing, trail).create(operations);
        Router router = api.router(vertx, routes, document.text(), pages, faults);
        FastPath.Fallback fallback = fallback(router, faults);
        api.guard.start();
        return api.server
                .connectionHandler(connection -> api.opened(connection, gate))
                .invalidRequestHandler(api::unreadable)
                .requestHandler(RequestSyntax.checked(request -> api.serve(request, fastPath, fallback, router)))
                .listen(config.port(), config.host())
                .map(api);
    }

    public int port() {
        return server.actualPort();
    }

    /** Rejects every new request from now on. */
    public void refuseAll() {
        refusing = true;
    }

    /**
     * Rejects every new request; completes when all requests in progress were answered and no open connection has
     * sent another one for a while: a request that was sent but not read yet would otherwise get no answer.
     */
    public Future<Void> drain() {
        refuseAll();
        return backlogAccepted().transform(in -> connectionsQuiet());
    }

    /** Waits until connections in the kernel's accept queue are accepted; on a busy machine there may be hundreds. */
    private Future<Void> backlogAccepted() {
        HttpClient client = vertx.createHttpClient();
        return client.request(HttpMethod.GET, port(), config.host(), "/")
                .compose(HttpClientRequest::send)
                .<Void>mapEmpty()
                .eventually(() -> client.close());
    }

    private Future<Void> connectionsQuiet() {
        guard.leave();
        Promise<Void> quiet = Promise.promise();
        long unused = vertx.setPeriodic(config.stopQuiet().toMillis(), timer -> {
            if (!guard.heardFromTheLeaving() && underWay == 0) {
                boolean unusedCancelled = vertx.cancelTimer(timer);
                quiet.complete();
            }
        });
        return quiet.future();
    }

    /** Closes the port and all connections. */
    public Future<Void> stop() {
        guard.stop();
        return server.close();
    }

    private static FastPath.Fallback fallback(Router router, EdgeProblemResponses faults) {
        return new FastPath.Fallback() {
            @Override
            public void route(HttpServerRequest request, Buffer body) {
                FastPath.ReadBody.keep(body);
                router.handle(request);
            }

            @Override
            public void fail(HttpServerRequest request, Throwable cause) {
                faults.answer(request, cause);
            }
        };
    }

    private void opened(HttpConnection connection, Gate gate) {
        if (guard.opened(connection)) {
            GateHandler.add(
                    connection,
                    (uri, headers) -> refusing || isShared(headers) || tracing.isAskedFor(headers)
                            ? null
                            : gate.refusal(uri, headers),
                    () -> guard.answeredAtOnce(connection));
        }
    }

    private void serve(HttpServerRequest request, FastPath fastPath, FastPath.Fallback fallback, Router router) {
        HttpServerResponse response = request.response();
        response.headers().add(CONTENT_TYPE_OPTIONS, NOSNIFF).add(HttpHeaders.CACHE_CONTROL, NO_STORE);
        RequestSpan span = tracing.begin(request);
        guard.begin(request);
        underWay++;
        response.endHandler(ended -> {
            guard.answered(request);
            span.end(response);
            underWay--;
        });
        if (refusing) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .putHeader(Problem.RETRY_AFTER, Integer.toString(retryAfterSeconds));
            ProblemType.OVERLOADED.problem("This instance is about to stop.").send(response);
        } else if (isShared(request.headers()) || !fastPath.takes(request, fallback)) {
            router.handle(request);
        }
    }

    /** The gate and the fast path do not write what browsers need to hand a response to a page of another origin. */
    private boolean isShared(MultiMap headers) {
        return !config.corsOrigins().isEmpty() && CrossOrigin.is(headers);
    }

    private CorsHandler cors() {
        CorsHandler cors = CorsHandler.create()
                .allowedMethods(Set.of(
                        HttpMethod.GET,
                        HttpMethod.POST,
                        HttpMethod.PUT,
                        HttpMethod.PATCH,
                        HttpMethod.DELETE,
                        HttpMethod.OPTIONS))
                .allowedHeaders(Set.of("Authorization", "Content-Type", "Idempotency-Key", "Prefer", "Queue-Pass"))
                .exposedHeaders(Set.of(
                        "Content-Disposition",
                        "Idempotency-Key",
                        "Idempotency-Replayed",
                        "Link",
                        "Location",
                        "Preference-Applied",
                        "Retry-After"))
                .maxAgeSeconds(PREFLIGHT_SECONDS);
        config.corsOrigins().forEach(cors::addOrigin);
        return cors;
    }

    private Router router(
            Vertx vertx, Router routes, Buffer document, Consumer<Router> pages, EdgeProblemResponses faults) {
        Router router = Router.router(vertx);
        if (!config.corsOrigins().isEmpty()) {
            router.route("/api/*").handler(CrossOrigin.only(cors()));
        }
        router.route("/api/*").subRouter(routes);
        reading(router, "/openapi.yaml")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, YAML)
                        .end(document));
        reading(router, "/problems").handler(ProblemPages::all);
        reading(router, "/problems/:slug").handler(ProblemPages::one);
        pages.accept(router);
        router.route().handler(context -> context.fail(404));
        router.route().failureHandler(faults::answer);
        return router;
    }

    private static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /** Requests rejected by the HTTP decoder: malformed or too large. */
    private void unreadable(HttpServerRequest request) {
        earlyRefusal.refuse(
                request,
                switch (RequestSyntax.statusOfUnreadable(request)) {
                    case 414 -> ProblemType.URI_TOO_LONG.problem();
                    case 431 ->
                        ProblemType.HEADERS_TOO_LARGE.problem("All headers together may have " + HEADER_BYTES_MAX
                                + " bytes; an Idempotency-Key has at most 200.");
                    default -> ProblemType.INVALID_REQUEST.problem("This is not HTTP as the server reads it.");
                });
    }
}
