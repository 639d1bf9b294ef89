package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * The HTTP API of the management plugin.
 *
 * @param answerMax limit of one request
 */
public record RabbitApi(int port, Credentials user, Duration answerMax) {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** The broker answered with another status than 2xx. */
    public static final class StatusException extends IOException {
        StatusException(String message) {
            super(message);
        }
    }

    public RabbitApi(int port, Credentials user) {
        this(port, user, ANSWER_MAX);
    }

    public void put(String path, String json) {
        write("PUT", path, json);
    }

    public void post(String path, String json) {
        write("POST", path, json);
    }

    private void write(String method, String path, String json) {
        String unused = UncheckedIo.get(() -> send(method, path, json));
    }

    /** The JSON body of the response. */
    public String get(String path) throws IOException {
        return send("GET", path, "");
    }

    /**
     * Sends a request; returns the response's body, which may be empty.
     *
     * @throws StatusException if the status is not 2xx; a 404 to a DELETE counts as success
     * @throws IOException if the broker cannot be reached or does not answer in time
     */
    public String send(String method, String path, String json) throws IOException {
        String login = user.user() + ":" + user.password();
        var request = HttpRequest.newBuilder(URI.create("http://" + RealServer.LOOPBACK + ":" + port + path))
                .timeout(answerMax)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            boolean gone = method.equals("DELETE") && answer.statusCode() == 404;
            if (answer.statusCode() / 100 != 2 && !gone) {
                throw new StatusException("%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
