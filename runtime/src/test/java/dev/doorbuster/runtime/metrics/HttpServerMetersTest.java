package dev.doorbuster.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerMetersTest {
    private static final int INVENTIONS = 200;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
            .withMetrics(VertxMeters.factory(registry))
            .build();
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        router.get("/things/:id").handler(context -> context.end("a thing"));
        server = result(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        client = vertx.createHttpClient();
    }

    @AfterEach
    void stop() throws Exception {
        Void unused = result(vertx.close());
    }

    @Test
    void countsAnswersByMethodRouteAndCode() throws Exception {
        // When
        assertThat(request(HttpMethod.GET, "/things/1")).isEqualTo(200);
        assertThat(request(HttpMethod.GET, "/things/2")).isEqualTo(200);
        assertThat(request(HttpMethod.POST, "/things/1")).isEqualTo(405);

        // Then
        await().untilAsserted(() -> {
            assertThat(answers("GET", "/things/:id", "200")).isEqualTo(2);
            assertThat(answers("POST", "", "405")).isEqualTo(1);
            assertThat(registry.get("vertx.http.server.response.time")
                            .tags("method", "GET", "route", "/things/:id", "code", "200")
                            .timer()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("vertx.http.server.active.requests")
                            .tag("method", "GET")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.get("vertx.http.server.bytes.written").counter().count())
                    .isPositive();
        });
    }

    @Test
    void createsNoSeriesForUnknownMethodsOfClients() throws Exception {
        // Given
        inventive("first");
        await().until(() -> answers(HttpServerMeters.OTHER_METHOD, "", "405") == 1);
        long series = series();

        // When
        for (int i = 0; i < INVENTIONS; i++) {
            inventive("M" + i);
        }

        // Then
        await().until(() -> answers(HttpServerMeters.OTHER_METHOD, "", "405") == INVENTIONS + 1);
        assertThat(series()).isEqualTo(series);
    }

    @Test
    void aRequestWhoseClientLeavesBeforeItsBodyHasComeEndsOnce() throws Exception {
        // When: answered, and then the connection ends within the body
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.getOutputStream()
                    .write("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        // Then
        await().until(() -> active("connections") == 0);
        assertThat(active("requests")).isZero();
    }

    private double active(String what) {
        return registry.get("vertx.http.server.active." + what).gauge().value();
    }

    private void inventive(String text) throws Exception {
        assertThat(request(HttpMethod.valueOf(text), "/things/" + text)).isEqualTo(405);
        assertThat(request(HttpMethod.GET, "/nothing/" + text + "?" + text + "=1"))
                .isEqualTo(404);
    }

    private long series() {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("vertx.http.server."))
                .count();
    }

    private double answers(String method, String route, String code) {
        var counter = registry.find("vertx.http.server.requests")
                .tags("method", method, "route", route, "code", code)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private int request(HttpMethod method, String path) throws Exception {
        return result(client.request(method, server.actualPort(), "127.0.0.1", path)
                        .compose(request -> request.send()
                                .compose(response -> response.body().map(response))))
                .statusCode();
    }

    private static <T> T result(Future<T> future) throws InterruptedException, ExecutionException {
        return future.toCompletionStage().toCompletableFuture().get();
    }
}
