package dev.doorbuster.systemtests.pages;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One address for edge and race lab, like the gateway of Compose; without a lab it returns that gateway's problem. */
final class Gateway {
    private static final String HOST = "127.0.0.1";
    private static final String LAB = "/api/race-lab/";
    private static final Path CONFIGURATION = Path.of("../infra/haproxy/haproxy.cfg");
    private static final Pattern AWAY =
            Pattern.compile("(?s)\nbackend race-lab\n.*?http-error status 503 content-type (\\S+) [^']*'([^']*)'");

    private final HttpClient client;
    private final int edgePort;
    private final MatchResult away;
    private final HttpServer server;
    private volatile int labPort;

    private Gateway(Vertx vertx, int edgePort, MatchResult away) {
        this.client = vertx.createHttpClient();
        this.edgePort = edgePort;
        this.away = away;
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    /** Starts in front of that edge. Ends with Vert.x. */
    static Future<Gateway> open(Vertx vertx, URI edge) throws IOException {
        MatchResult away = AWAY.matcher(Files.readString(CONFIGURATION))
                .results()
                .findFirst()
                .orElseThrow();
        var gateway = new Gateway(vertx, edge.getPort(), away);
        return gateway.server.listen(0, HOST).map(gateway);
    }

    URI address() {
        return URI.create("http://" + HOST + ":" + server.actualPort());
    }

    /** Forwards to the lab from now on. */
    void lab(int port) {
        labPort = port;
    }

    private void handle(HttpServerRequest request) {
        boolean toLab = request.path().startsWith(LAB);
        if (toLab && labPort == 0) {
            request.response()
                    .setStatusCode(503)
                    .putHeader("Content-Type", away.group(1))
                    .end(away.group(2));
        } else {
            pass(request, toLab ? labPort : edgePort);
        }
    }

    @CanIgnoreReturnValue
    private Future<Void> pass(HttpServerRequest request, int port) {
        var there = new RequestOptions()
                .setMethod(request.method())
                .setHost(HOST)
                .setPort(port)
                .setURI(request.uri())
                .setHeaders(request.headers());
        return request.body()
                .compose(body -> client.request(there).compose(onward -> onward.send(body)))
                .compose(answer -> {
                    request.response()
                            .setStatusCode(answer.statusCode())
                            .headers()
                            .setAll(answer.headers());
                    return request.response().send(answer);
                })
                .onFailure(cause -> request.connection().close());
    }
}
