package dev.doorbuster.runtime.http;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.health.Health;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}, on a port of their own. */
public final class ManagementServer {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final ProblemResponses UNREADABLE = new ProblemResponses(List.of());

    private final Health health;
    private final PrometheusMeterRegistry metrics;
    private final HttpServer server;

    private ManagementServer(Vertx vertx, Health health, PrometheusMeterRegistry metrics) {
        this.health = health;
        this.metrics = metrics;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setIdleTimeout(60).setHttp2ClearTextEnabled(false))
                .connectionHandler(PipelinedRequests::watch)
                .invalidRequestHandler(ManagementServer::unreadable)
                .requestHandler(RequestSyntax.checked(this::handle));
    }

    public static Future<ManagementServer> start(
            Vertx vertx, ManagementConfig config, Health health, PrometheusMeterRegistry metrics) {
        var management = new ManagementServer(vertx, health, metrics);
        Gauge unused = Gauge.builder("doorbuster.ready", () -> health.problems().isEmpty() ? 1 : 0)
                .description("1 where everything that is needed is there, else 0")
                .register(metrics);
        return management.server.listen(config.port(), config.host()).map(management);
    }

    public int port() {
        return server.actualPort();
    }

    public Future<Void> stop() {
        return server.close();
    }

    private void handle(HttpServerRequest request) {
        switch (request.path()) {
            case "/health/live" -> json(request, 200, new JsonObject().put("status", "UP"));
            case "/health/ready" -> ready(request);
            case "/metrics" ->
                request.response().putHeader("Content-Type", TEXT).end(metrics.scrape());
            default ->
                new Problem("not-found", 404, "Not found", "Here are /health/live, /health/ready and /metrics.")
                        .send(request.response());
        }
    }

    private static void unreadable(HttpServerRequest request) {
        RequestSyntax.refuse(request, UNREADABLE.ofStatus(RequestSyntax.statusOfUnreadable(request)));
    }

    private void ready(HttpServerRequest request) {
        Map<String, String> problems = health.problems();
        var body = new JsonObject().put("status", problems.isEmpty() ? "UP" : "DOWN");
        if (!problems.isEmpty()) {
            body.put("problems", new JsonObject(Map.copyOf(problems)));
        }
        json(request, problems.isEmpty() ? 200 : 503, body);
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }

    /** Where a service tells how it is. */
    public record ManagementConfig(String host, int port) {
        /** Reads what is set; {@code port} holds where nothing is. */
        public static ManagementConfig fromEnv(Environment env, int port) {
            return new ManagementConfig(
                    env.text("DOORBUSTER_MANAGEMENT_HOST", "127.0.0.1"),
                    env.integer("DOORBUSTER_MANAGEMENT_PORT", port, 0, 65535));
        }
    }
}
