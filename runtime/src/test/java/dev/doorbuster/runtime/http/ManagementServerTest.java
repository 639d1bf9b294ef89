package dev.doorbuster.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.http.ManagementServer.ManagementConfig;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class ManagementServerTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static ManagementServer server;

    @BeforeAll
    static void start() {
        server = ManagementServer.start(
                        VERTX,
                        new ManagementConfig("127.0.0.1", 0),
                        Health.ofStarting(),
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.runtime.http.MalformedRequests#all")
    void refusesAMalformedRequest(String request) throws IOException {
        assertThat(MalformedRequests.answer(server.port(), request.replace("/here", "/health/live")))
                .contains(" 400 Bad Request\r\n", "application/problem+json", "/problems/invalid-request");
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.runtime.http.MalformedRequests#wellFormed")
    void takesEveryWellFormedRequest(String request) throws IOException {
        assertThat(MalformedRequests.answer(server.port(), request.replace("/here", "/health/live")))
                .contains(" 200 OK");
    }

    /** Any client could fill the log by it. */
    @Test
    void aClientThatLeavesWithinABodyIsNotLogged() throws IOException {
        // Given
        var logged = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        // When
        for (String path : List.of("/health/live", "/nowhere")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isNotNegative();
            }
            assertThat(MalformedRequests.answer(server.port(), "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .contains(" 200 OK");
        }
        // Then
        root.detachAppender(logged);
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Test
    void answersClientsThatUpgradeToHttp2() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/health/live"))
                .version(HttpClient.Version.HTTP_2)
                .timeout(Duration.ofSeconds(30))
                .build();

        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void speaksNoOtherProtocolThanItsOwn() throws IOException {
        String upgrade = String.join(
                "\r\n",
                "GET /health/live HTTP/1.1",
                "Host: a",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
                "",
                "");

        assertThat(MalformedRequests.answer(server.port(), upgrade)).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(MalformedRequests.answer(server.port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void saysWhatWasTooLong() throws IOException {
        assertThat(MalformedRequests.answer(server.port(), "GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .contains(" 414 ", "/problems/uri-too-long");
        assertThat(MalformedRequests.answer(
                        server.port(), "GET /metrics HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(9000) + "\r\n\r\n"))
                .contains(" 431 ", "/problems/headers-too-large");
    }
}
