package dev.doorbuster.systemtests;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.systemtests.K6Host.Answer;
import dev.doorbuster.systemtests.K6Host.Request;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script of k6 against the real system: its tokens are taken, its requests understood, its sale proved. */
class K6ScriptIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final int STOCK = 4;
    private static final int BUYERS = 6;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static SmallSystem system;

    @BeforeAll
    static void start() {
        system = new SmallSystem(VERTX, servers);
        system.startStockService();
    }

    @AfterAll
    static void stop() {
        system.close();
        SmallSystem.await(VERTX.close());
    }

    /** Without a wait, orders are accepted first and looked after. */
    @ParameterizedTest
    @CsvSource({"redis, 20", "memcached, 0"})
    void aSmallSaleIsSoldAndProved(String counter, int waitSeconds) {
        // Given
        Map<String, String> environment = Map.of(
                "API", system.api().toString(),
                "JWT_SECRET", system.environment().required("DOORBUSTER_JWT_SECRET"),
                "OPERATOR_PASSWORD", system.environment().required("DOORBUSTER_OPERATOR_PASSWORD"),
                "STOCK", Integer.toString(STOCK),
                "COUNTER", counter,
                "WAIT_SECONDS", Integer.toString(waitSeconds),
                // Rules about time are for a machine that does nothing else.
                "P99_MS_MAX", "600000");

        // When
        try (var script = new K6Script(environment, K6ScriptIT::send, K6ScriptIT::pause)) {
            Object sale = script.run("setup");
            script.run("repeats", sale);
            for (int i = 0; i < BUYERS; i++) {
                script.run("storm", sale);
                script.next();
            }
            script.run("browse", sale);
            script.run("teardown", sale);

            // Then
            assertThat(script.summary())
                    .contains("sale PASS")
                    .containsPattern("sold +" + STOCK + "\n")
                    .doesNotContain("BROKEN");
            assertThat(script.count("answers_sold_out")).isPositive();
            assertThat(script.count("answers_pending") > 0).isEqualTo(waitSeconds == 0);
        }
    }

    private static List<Answer> send(List<Request> requests) {
        List<CompletableFuture<HttpResponse<String>>> sent = requests.stream()
                .map(request -> HTTP.sendAsync(http(request), HttpResponse.BodyHandlers.ofString()))
                .toList();
        return sent.stream()
                .map(CompletableFuture::join)
                .map(K6ScriptIT::answer)
                .toList();
    }

    private static HttpRequest http(Request request) {
        var http = HttpRequest.newBuilder(URI.create(request.url())).timeout(ANSWER_MAX);
        request.headers().forEach(http::header);
        var body = request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
        return http.method(request.method(), body).build();
    }

    private static Answer answer(HttpResponse<String> response) {
        var headers = new HashMap<String, String>();
        response.headers().firstValue("retry-after").ifPresent(value -> headers.put("Retry-After", value));
        return new Answer(response.statusCode(), headers, response.body());
    }

    /** The script's own pauses, which are bounded there. */
    private static void pause(double seconds) {
        LockSupport.parkNanos(Math.round(seconds * 1e9));
    }
}
