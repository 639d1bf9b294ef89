package dev.doorbuster.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private static final Problem SOLD_OUT = new Problem("sold-out", 409, "Sold out", "Nothing is left.");

    private final Vertx vertx = Vertx.vertx();
    /** Kept, because Vert.x closes a client that is garbage-collected. */
    private final HttpClient client = vertx.createHttpClient();

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void hasTheMembersOfRfc9457() {
        assertThat(SOLD_OUT.body().toJsonObject())
                .isEqualTo(new JsonObject()
                        .put("type", "/problems/sold-out")
                        .put("title", "Sold out")
                        .put("status", 409)
                        .put("detail", "Nothing is left."));
    }

    @Test
    void takesFurtherMembersAndAnotherDetail() {
        Problem problem =
                SOLD_OUT.withDetail("Two are left.").with("available", 2).with("errors", List.of("quantity"));

        assertThat(problem.body().toJsonObject().getString("detail")).isEqualTo("Two are left.");
        assertThat(problem.body().toJsonObject().getInteger("available")).isEqualTo(2);
        assertThat(problem.body().toJsonObject().getJsonArray("errors")).isEqualTo(new JsonArray().add("quantity"));
    }

    @Test
    void isSentWithItsStatusAndType() {
        HttpClientResponse response = exchange(request -> SOLD_OUT.send(request.response()));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void changesNothingOnceAnAnswerWasGiven() {
        HttpClientResponse response = exchange(request -> {
            Future<Void> unused = request.response().setStatusCode(201).end("done");
            SOLD_OUT.send(request.response());
        });

        assertThat(response.statusCode()).isEqualTo(201);
    }

    @Test
    void breaksOffAnAnswerThatHasBegun() {
        Future<Buffer> body = get(
                request -> {
                    Future<Void> unused = request.response().setChunked(true).write("half an ans");
                    SOLD_OUT.send(request.response());
                },
                HttpClientResponse::body);

        await().until(body::failed);
    }

    private HttpClientResponse exchange(Handler<HttpServerRequest> handler) {
        Future<HttpClientResponse> response = get(handler, Future::succeededFuture);
        await().until(response::succeeded);
        return response.result();
    }

    private <T> Future<T> get(Handler<HttpServerRequest> handler, Function<HttpClientResponse, Future<T>> read) {
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .compose(server -> client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/"))
                .compose(request -> {
                    // Set before the request is sent: later, on another thread, it could miss the body.
                    Future<T> answer = request.response().compose(read);
                    Future<HttpClientResponse> unused = request.send();
                    return answer;
                });
    }
}
