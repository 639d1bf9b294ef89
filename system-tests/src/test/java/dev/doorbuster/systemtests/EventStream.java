package dev.doorbuster.systemtests;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** One buyer's event stream. */
final class EventStream {
    private static final Duration OPEN_MAX = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Stream<String> lines;

    private EventStream(Stream<String> lines) {
        this.lines = lines;
    }

    /** Gets a ticket and opens the stream; events published after this call are received. */
    static EventStream open(int port, String token) {
        URI notifier = URI.create("http://127.0.0.1:" + port);
        String ticket = send(
                        HttpRequest.newBuilder(notifier.resolve("/api/events/ticket"))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.noBody()),
                        HttpResponse.BodyHandlers.ofString())
                .transform(body -> new JsonObject(body).getString("ticket"));
        return new EventStream(send(
                HttpRequest.newBuilder(notifier.resolve("/api/events?ticket=" + ticket)),
                HttpResponse.BodyHandlers.ofLines()));
    }

    /** The first line with this text. */
    CompletableFuture<String> first(String text) {
        return CompletableFuture.supplyAsync(
                () -> lines.filter(text::equals).findFirst().orElseThrow());
    }

    private static <T> T send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request.timeout(OPEN_MAX).build(), handler).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
