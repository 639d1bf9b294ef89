package dev.doorbuster.crowd.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The operator's side of the HTTP interface. */
public final class ApiClient {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final URI base;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private ApiClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Logs in with name and password. */
    public static ApiClient login(URI base, String name, String password) throws InterruptedException {
        var nobody = new ApiClient(base, null);
        JsonNode session = nobody.send("POST", "/api/sessions", Map.of("name", name, "password", password));
        return new ApiClient(base, session.get("token").asText());
    }

    /** For whoever has a token already. */
    public static ApiClient withToken(URI base, String token) {
        return new ApiClient(base, token);
    }

    public JsonNode get(String path) throws InterruptedException {
        return send("GET", path, null);
    }

    public JsonNode post(String path, Object body) throws InterruptedException {
        return send("POST", path, body);
    }

    public JsonNode delete(String path) throws InterruptedException {
        return send("DELETE", path, null);
    }

    /** Fails with the problem's own words where the answer is no success. */
    private JsonNode send(String method, String path, Object body) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_MAX);
            if (token != null) {
                request = request.header("Authorization", "Bearer " + token);
            }
            request = body == null
                    ? request.method(method, HttpRequest.BodyPublishers.noBody())
                    : request.header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)));
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode json = answer.body().length == 0 ? MAPPER.nullNode() : MAPPER.readTree(answer.body());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException("%s %s: %d %s"
                        .formatted(
                                method,
                                path,
                                answer.statusCode(),
                                json.path("detail").asText()));
            }
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base.resolve(path) + ": " + e, e);
        }
    }
}
