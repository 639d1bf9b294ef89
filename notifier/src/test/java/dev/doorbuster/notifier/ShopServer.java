package dev.doorbuster.notifier;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A webhook receiver that responds as the test demands and records all requests. */
final class ShopServer {
    /** One received request. */
    record Told(Map<String, String> headers, Buffer body, HttpServerRequest request) {
        String eventId() {
            return headers.get("doorbuster-event-id");
        }
    }

    private final HttpServer server;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile Consumer<HttpServerRequest> behaviour;

    private ShopServer(Vertx vertx, int port, Consumer<HttpServerRequest> behaviour) {
        this.behaviour = behaviour;
        server = Stage.get(vertx.createHttpServer().requestHandler(this::take).listen(port, "127.0.0.1"));
    }

    static ShopServer start(Vertx vertx, Consumer<HttpServerRequest> behaviour) {
        return new ShopServer(vertx, 0, behaviour);
    }

    static Consumer<HttpServerRequest> answering(int status) {
        return request -> request.response().setStatusCode(status).end("so be it");
    }

    /** Neither responds nor closes the connection. */
    static void hang(HttpServerRequest request) {}

    private void take(HttpServerRequest request) {
        Map<String, String> headers = request.headers().entries().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(java.util.Locale.ROOT), Map.Entry::getValue));
        request.body().onSuccess(body -> {
            told.add(new Told(headers, body, request));
            behaviour.accept(request);
        });
    }

    void behave(Consumer<HttpServerRequest> now) {
        behaviour = now;
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    /** Number of deliveries by message id. */
    Map<String, Long> counts() {
        return told.stream().collect(Collectors.groupingBy(Told::eventId, Collectors.counting()));
    }

    int port() {
        return server.actualPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hooks?from=doorbuster";
    }
}
