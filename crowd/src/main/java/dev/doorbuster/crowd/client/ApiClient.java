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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator's side of the HTTP interface. */
public final class ApiClient {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final int PAGES_MAX = 10_000;

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
        var anonymous = new ApiClient(base, null);
        JsonNode session = anonymous.send("POST", "/api/sessions", Map.of("name", name, "password", password));
        return new ApiClient(base, session.get("token").asText());
    }

    /** A client with an existing token. */
    public static ApiClient withToken(URI base, String token) {
        return new ApiClient(base, token);
    }

    /** With the same token at another address. */
    public ApiClient at(URI other) {
        return new ApiClient(other, token);
    }

    public String token() {
        return token;
    }

    public JsonNode get(String path) throws InterruptedException {
        return send("GET", path, null);
    }

    /** All elements of a list, page by page; fails where it has more than {@link #PAGES_MAX} pages, rather than cutting it. */
    public List<JsonNode> list(String path, String field) throws InterruptedException {
        var elements = new ArrayList<JsonNode>();
        Optional<String> page = Optional.of(path);
        for (int pages = 0; page.isPresent(); pages++) {
            if (pages == PAGES_MAX) {
                throw new IllegalStateException(path + " has more than " + PAGES_MAX + " pages");
            }
            HttpResponse<byte[]> answer = ask("GET", page.get(), null);
            body("GET", page.get(), answer).get(field).forEach(elements::add);
            page = NextPage.of(answer.headers().firstValue(NextPage.HEADER).orElse(null));
        }
        return elements;
    }

    public JsonNode post(String path, Object body) throws InterruptedException {
        return send("POST", path, body);
    }

    public JsonNode patch(String path, Object body) throws InterruptedException {
        return send("PATCH", path, body);
    }

    public JsonNode delete(String path) throws InterruptedException {
        return send("DELETE", path, null);
    }

    /** Passes on each line of a newline-delimited answer as it arrives. */
    public void stream(String path, Consumer<JsonNode> each) throws InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<Stream<String>> answer = http.send(request, HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = answer.body()) {
                if (answer.statusCode() >= 300) {
                    throw new IllegalStateException("POST %s: %d %s"
                            .formatted(path, answer.statusCode(), lines.collect(Collectors.joining(" "))));
                }
                lines.forEach(line -> each.accept(parse(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("POST " + base.resolve(path) + ": " + e, e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + line, e);
        }
    }

    private JsonNode send(String method, String path, Object body) throws InterruptedException {
        return body(method, path, ask(method, path, body));
    }

    private HttpResponse<byte[]> ask(String method, String path, Object body) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_MAX);
            if (token != null) {
                request = request.header("Authorization", "Bearer " + token);
            }
            request = body == null
                    ? request.method(method, HttpRequest.BodyPublishers.noBody())
                    : request.header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)));
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base.resolve(path) + ": " + e, e);
        }
    }

    /** An answer that is no success. */
    public static final class RefusedException extends IllegalStateException {
        private final int status;

        private RefusedException(String method, String path, int status, String detail) {
            super("%s %s: %d %s".formatted(method, path, status, detail));
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** Fails with the problem's own words where the answer is no success. */
    private JsonNode body(String method, String path, HttpResponse<byte[]> answer) {
        try {
            JsonNode json = answer.body().length == 0 ? MAPPER.nullNode() : MAPPER.readTree(answer.body());
            if (answer.statusCode() >= 300) {
                throw new RefusedException(
                        method, path, answer.statusCode(), json.path("detail").asText());
            }
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base.resolve(path) + ": " + e, e);
        }
    }
}
