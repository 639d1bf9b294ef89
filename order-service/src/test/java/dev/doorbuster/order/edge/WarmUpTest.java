package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The requests of the warm-up, and its behaviour with a failing server. */
class WarmUpTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(WarmUpBuyers.class);
    private static final String BUYERS = "DOORBUSTER_WARM_UP_BUYERS";
    private static final String TIMEOUT = "warmUp.max";

    private final Vertx vertx = Vertx.vertx();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Queue<HttpServerRequest> asked = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void listen() {
        logged.start();
        LOG.addAppender(logged);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(logged);
        await(vertx.close());
    }

    @Test
    void simulatesUntracedBuyersOfNoSale() {
        // Given
        int port = serve(WarmUpTest::asAnEdge);

        // When
        await(WarmUp.run(vertx, config(BUYERS, "20"), port));

        // Then
        assertThat(asked)
                .extracting(
                        request -> request.method() + " " + request.path().replaceFirst("[0-9a-f-]{36}$", "{order}"))
                .hasSize(80)
                .containsOnly(
                        "GET /api/sales",
                        "GET /api/sales/" + SaleId.NONE,
                        "POST /api/sales/" + SaleId.NONE + "/orders",
                        "GET /api/orders/{order}");
        assertThat(asked)
                .allSatisfy(
                        request -> assertThat(request.getHeader("traceparent")).endsWith("-00"));
        assertThat(logged.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.INFO);
    }

    @Test
    void endsAtTheFirstAnswerThatIsNotTheExpectedOne() {
        // Given
        int port = serve(request -> request.response().setStatusCode(503).end());

        // When
        await(WarmUp.run(vertx, config(BUYERS, "100"), port));

        // Then
        assertThat(asked.size()).isLessThan(20);
        assertThat(warning()).contains("0 of 100 buyers", "HTTP/1.1 503", "server is down");
    }

    @Test
    void endsWhenItsTimeIsOver() {
        // Given
        int port = serve(request -> {});

        // When
        await(WarmUp.run(vertx, config(BUYERS, "100", TIMEOUT, "200"), port));

        // Then
        assertThat(warning()).contains("0 of 100 buyers", "its 200 ms have passed");
    }

    @Test
    void doesNothingWithoutSubscribers() {
        // Given
        HttpServer server = server(request -> {});
        int port = server.actualPort();
        await(server.close());

        // When
        await(WarmUp.run(vertx, config(BUYERS, "100"), port));

        // Then
        assertThat(warning()).contains("0 of 100 buyers", "refused");
    }

    @Test
    void sendsNothingWhenDisabled() {
        // Given
        int port = serve(WarmUpTest::asAnEdge);

        // When
        await(WarmUp.run(vertx, config(BUYERS, "0"), port));

        // Then
        assertThat(asked).isEmpty();
        assertThat(logged.list).isEmpty();
    }

    private static void asAnEdge(HttpServerRequest request) {
        boolean ofNoSale = request.path().contains(SaleId.NONE.value());
        request.response().setStatusCode(ofNoSale ? 404 : 200).end();
    }

    private int serve(Consumer<HttpServerRequest> answer) {
        return server(answer).actualPort();
    }

    private HttpServer server(Consumer<HttpServerRequest> answer) {
        return await(vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request);
                    answer.accept(request);
                })
                .listen(0, "127.0.0.1"));
    }

    private static EdgeConfig config(String... settings) {
        var variables = new HashMap<>(Map.of(
                "DOORBUSTER_JWT_SECRET",
                RunningEdge.SECRET,
                "DOORBUSTER_ORDER_ID_SECRET",
                "a secret of the tests, behind order ids"));
        for (int i = 0; i < settings.length; i += 2) {
            variables.put(settings[i], settings[i + 1]);
        }
        return Overrides.in(EdgeConfig.fromEnv(new Environment(variables)), variables);
    }

    private String warning() {
        assertThat(logged.list).extracting(ILoggingEvent::getLevel).isEqualTo(List.of(Level.WARN));
        return logged.list.get(0).getFormattedMessage();
    }
}
