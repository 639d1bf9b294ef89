package dev.doorbuster.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class PublicServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Vertx vertx;
    private static PublicServer server;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        server = start(Map.of());
    }

    @AfterAll
    static void close() {
        Future<Void> unused = vertx.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /nowhere, 404, /problems/not-found,          Only /here is here.",
        "DELETE, /here,    405, /problems/method-not-allowed, This path does not understand this method.",
        "GET,    /teapot,  418, /problems/invalid-request,    This is not HTTP as it should be.",
        "GET,    /refused, 409, /problems/taken,              It is gone.",
        "GET,    /away,    503, /problems/overloaded,         A server behind is away. Try again later.",
        "GET,    /broken,  500, /problems/internal-error,     'A fault on our side, which has been logged.'"
    })
    void whateverGoesWrongIsAProblem(String method, String path, int status, String type, String detail)
            throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = ask(server, method, path, Map.of());

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).contains("application/problem+json");
        var body = new JsonObject(answer.body());
        assertThat(body.getInteger("status")).isEqualTo(status);
        assertThat(body.getString("type")).isEqualTo(type);
        assertThat(body.getString("detail")).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({"/away, 5", "/broken,", "/nowhere,", "/refused,"})
    void saysWhenToComeAgainWhereThatHelps(String path, String seconds) throws IOException, InterruptedException {
        assertThat(header(ask(server, "GET", path, Map.of()), "Retry-After")).isEqualTo(Optional.ofNullable(seconds));
    }

    @Test
    void saysWhatWasTooLong() throws IOException, InterruptedException {
        HttpResponse<String> target = ask(server, "GET", "/" + "x".repeat(5000), Map.of());
        HttpResponse<String> headers = ask(server, "GET", "/here", Map.of("X-Long", "x".repeat(9000)));

        assertThat(target.statusCode()).isEqualTo(414);
        assertThat(new JsonObject(target.body()).getString("type")).isEqualTo("/problems/uri-too-long");
        assertThat(headers.statusCode()).isEqualTo(431);
        assertThat(new JsonObject(headers.body()).getString("type")).isEqualTo("/problems/headers-too-large");
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.runtime.http.MalformedRequests#all")
    void refusesAMalformedRequest(String request) throws IOException {
        assertThat(MalformedRequests.answer(server.port(), request))
                .contains(" 400 Bad Request\r\n", "application/problem+json", "/problems/invalid-request");
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.runtime.http.MalformedRequests#wellFormed")
    void takesEveryWellFormedRequest(String request) throws IOException {
        assertThat(MalformedRequests.answer(server.port(), request)).contains(" 200 OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "5\r\nhello\r\nxx\r\n"})
    void answersABodyWhoseChunksAreBroken(String chunks) throws IOException {
        String head = "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

        assertThat(MalformedRequests.answer(server.port(), head + chunks))
                .contains(" 400 Bad Request\r\n", "/problems/invalid-request");
        assertThat(MalformedRequests.answer(server.port(), head + "5\r\nhello\r\n0\r\n\r\n"))
                .contains(" 200 OK");
    }

    @Test
    void letsItsOwnOriginAskWhicheverOthersMay() throws IOException {
        // Given
        PublicServer open = start(Map.of("DOORBUSTER_CORS_ORIGINS", "https://shop.example"));

        // When
        String own = get(open, "localhost:8082", "http://localhost:8082");
        String behindGateway = get(open, "shop.test", "https://shop.test");
        String other = get(open, "localhost:8082", "http://localhost:8083");

        // Then
        assertThat(own).startsWith("HTTP/1.1 200 ");
        assertThat(behindGateway).startsWith("HTTP/1.1 200 ");
        assertThat(other).startsWith("HTTP/1.1 403 ").contains("/problems/forbidden");
    }

    private static String get(PublicServer asked, String host, String origin) throws IOException {
        return MalformedRequests.answer(
                asked.port(), "GET /here HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin + "\r\n\r\n");
    }

    @Test
    void answersWhatIsNoHttpAndHangsUp() throws IOException {
        try (Socket socket = connect(server)) {
            // When
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            // Then
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains(" 400 Bad Request", "/problems/invalid-request");
        }
    }

    @Test
    void closesOneConnectionTooMany() throws IOException {
        // Given
        PublicServer small = start(Map.of("DOORBUSTER_HTTP_CONNECTIONS_MAX", "1"));
        try (Socket first = connect(small)) {
            // When
            try (Socket second = connect(small)) {
                // Then
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(first.isConnected()).isTrue();
        }
        await().atMost(SOON).until(() -> answers(small));
    }

    @Test
    void aClientThatLeavesBetweenPipelinedRequestsIsNotCountedForEver() throws IOException {
        String second = "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe";
        for (String request : List.of(second, "GET ? HTTP/1.1\r\nHost: a\r\n\r\n", "nonsense\r\n\r\n")) {
            // Given
            PublicServer small = start(Map.of("DOORBUSTER_HTTP_CONNECTIONS_MAX", "1"));
            // When
            try (Socket socket = connect(small)) {
                socket.getOutputStream()
                        .write(("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n" + request)
                                .getBytes(StandardCharsets.US_ASCII));
                await().atMost(SOON).until(() -> silent.getAndSet(false));
            }
            // Then
            await().atMost(SOON).until(() -> answers(small));
        }
    }

    /** It is no fault of the service, and any client could fill the log by it. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5\r\n\r\nhe", "Transfer-Encoding: chunked\r\n\r\n5\r\nhe"})
    void aClientThatLeavesWithinABodyIsNotLogged(String rest) throws IOException {
        // Given
        var logged = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        PublicServer small = start(Map.of("DOORBUSTER_HTTP_CONNECTIONS_MAX", "1"));
        // When
        try (Socket socket = connect(small)) {
            socket.getOutputStream()
                    .write(("POST /read HTTP/1.1\r\nHost: a\r\n" + rest).getBytes(StandardCharsets.US_ASCII));
            await().atMost(SOON).until(() -> reading.getAndSet(false));
        }
        await().atMost(SOON).until(() -> answers(small));
        // Then
        root.detachAppender(logged);
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Test
    void answersPipelinedRequestsInTheirSequence() throws IOException {
        // Given
        String here = "GET /here HTTP/1.1\r\nHost: a\r\n\r\n";
        String read = "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        String last = "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        try (Socket socket = connect(server)) {
            // When
            socket.getOutputStream().write((here + read + here + read + last).getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // Then
            assertThat(answers.split("HTTP/1.1 ", -1))
                    .extracting(answer ->
                            answer.isEmpty() ? "" : answer.substring(0, 3) + answer.substring(answer.length() - 4))
                    .startsWith("", "200here", "200read", "200here", "200read")
                    .hasSize(6);
        }
    }

    /** Each response would stay in memory until its client reads. */
    @Test
    void aClientThatDoesNotReadGetsFewResponsesAndIsClosed() throws IOException {
        // Given
        var quiet = new PublicServerConfig("127.0.0.1", 0, List.of(), 1, Duration.ofSeconds(3));
        PublicServer small = get(PublicServer.start(vertx, quiet, new FewRoutes()));
        large.set(0);
        try (Socket socket = connect(small)) {
            // When
            socket.getOutputStream()
                    .write("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3000).getBytes(StandardCharsets.US_ASCII));

            // Then
            await().atMost(SOON).until(() -> answers(small));
            assertThat(large.get()).isBetween(1, 300);
        }
    }

    @Test
    void aClientThatReadsLateGetsAllResponsesInTheirSequence() throws IOException {
        // Given
        int requests = 300;
        large.set(0);
        var request = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            request.append("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                    .append("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        String last = "GET /here HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        try (Socket socket = connect(server)) {
            // When
            socket.getOutputStream().write((request + last).getBytes(StandardCharsets.US_ASCII));
            await().atMost(SOON).until(() -> large.get() > 10);
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // Then
            assertThat(answers.split("HTTP/1.1 200 OK", -1))
                    .hasSize(2 * requests + 2)
                    .satisfies(parts -> assertThat(parts[1]).endsWith("read"))
                    .satisfies(parts -> assertThat(parts[2]).endsWith(LARGE))
                    .satisfies(parts -> assertThat(parts[2 * requests + 1]).endsWith("here"));
        }
    }

    @Test
    void letsPagesOfNamedOriginsAskAndSendWhatTheServiceAllows() throws IOException, InterruptedException {
        // Given
        PublicServer open = start(Map.of("DOORBUSTER_CORS_ORIGINS", "https://shop.example"));

        // When
        HttpResponse<String> named = preflight(open, "https://shop.example");
        HttpResponse<String> another = preflight(open, "https://elsewhere.example");
        HttpResponse<String> closed = preflight(server, "https://shop.example");

        // Then
        assertThat(header(named, "Access-Control-Allow-Origin")).contains("https://shop.example");
        assertThat(header(named, "Access-Control-Allow-Headers").orElseThrow().split(","))
                .containsExactlyInAnyOrder("Authorization", "Content-Type", "X-Own");
        HttpResponse<String> away = ask(open, "GET", "/away", Map.of("Origin", "https://shop.example"));
        assertThat(header(away, "Access-Control-Expose-Headers").orElse("").split(", *"))
                .containsExactlyInAnyOrder("Retry-After", "X-Told");
        assertThat(header(another, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(closed, "Access-Control-Allow-Origin")).isEmpty();
    }

    /** Whether a request has come that is never answered. */
    private static final AtomicBoolean silent = new AtomicBoolean();

    /** Whether the body of a request is being read. */
    private static final AtomicBoolean reading = new AtomicBoolean();

    private static final String LARGE = "x".repeat(100_000);

    /** Number of large responses. */
    private static final AtomicInteger large = new AtomicInteger();

    private static final class FewRoutes implements ServiceRoutes {
        @Override
        public void mount(Router router) {
            router.get("/large").handler(context -> {
                int unused = large.incrementAndGet();
                context.end(LARGE);
            });
            router.get("/here").handler(context -> context.end("here"));
            router.get("/silent").handler(context -> silent.set(true));
            router.post("/read").handler(context -> {
                reading.set(true);
                context.next();
            });
            router.post("/read").handler(BodyHandler.create(false)).handler(context -> context.end("read"));
            router.get("/teapot").handler(context -> context.fail(418));
            router.get("/refused")
                    .handler(context ->
                            context.fail(new ProblemException(new Problem("taken", 409, "Taken", "It is gone."))));
            router.get("/away").handler(context -> context.fail(new StoreUnavailableException("redis: away")));
            router.get("/broken").handler(context -> context.fail(new IllegalStateException("as the test wants it")));
        }

        @Override
        public void share(CorsHandler cors) {
            cors.allowedHeader("X-Own").exposedHeader("X-Told");
        }

        @Override
        public List<Problem> problems() {
            return List.of(new Problem("not-found", 404, "Not found", "Only /here is here."));
        }
    }

    private static PublicServer start(Map<String, String> variables) {
        var config = PublicServerConfig.fromEnv(new Environment(variables), 0, 100, 1000);
        return get(PublicServer.start(vertx, config, new FewRoutes()));
    }

    private static Socket connect(PublicServer asked) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), asked.port());
        socket.setSoTimeout(Math.toIntExact(SOON.toMillis()));
        return socket;
    }

    private static boolean answers(PublicServer asked) throws InterruptedException {
        try {
            return ask(asked, "GET", "/here", Map.of()).body().equals("here");
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpResponse<String> preflight(PublicServer asked, String origin)
            throws IOException, InterruptedException {
        return ask(asked, "OPTIONS", "/here", Map.of("Origin", origin, "Access-Control-Request-Method", "GET"));
    }

    private static HttpResponse<String> ask(PublicServer asked, String method, String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + asked.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(SOON);
        headers.forEach(request::header);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Optional<String> header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name);
    }

    private static <T> T get(Future<T> future) {
        await().atMost(SOON).until(future::isComplete);
        assertThat(future.cause()).isNull();
        return future.result();
    }
}
