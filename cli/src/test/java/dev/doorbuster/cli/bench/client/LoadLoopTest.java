package dev.doorbuster.cli.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadLoopTest {
    private static final long MINUTE_MS = 60_000;
    private static final String SECRET = "a secret of the tests, long enough for HS256";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> paths = new ConcurrentHashMap<>();
    private HttpServer server;
    private volatile int delayMs;

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Every tenth connection is closed instead of being answered. */
    private void answer(HttpServerRequest request) {
        if (delayMs > 0) {
            vertx.timer(delayMs)
                    .compose(late -> request.response().setStatusCode(503).end("{}"))
                    .onFailure(Throwable::printStackTrace);
            return;
        }
        int number = requests.incrementAndGet();
        tokens.add(request.getHeader("Authorization"));
        keys.add(String.valueOf(request.getHeader("Idempotency-Key")));
        paths.merge(request.path(), 1, Integer::sum);
        if (number % 10 == 0) {
            request.connection().close();
            return;
        }
        request.body()
                .compose(body -> request.response()
                        .setStatusCode(body.toJsonObject().getInteger("quantity") == 1 ? 201 : 400)
                        .end("{}"))
                .onFailure(Throwable::printStackTrace);
    }

    private LoadSpec spec(int connections, boolean withKeys, long requestsMax, long durationMs, double perSecond) {
        return new LoadSpec(
                List.of(server.actualPort()),
                List.of("one", "two"),
                SECRET,
                1_000,
                "b-",
                withKeys,
                connections,
                requestsMax,
                durationMs,
                perSecond);
    }

    private static LoadResult run(LoadSpec spec) throws IOException {
        try (var loop = new LoadLoop(spec)) {
            return loop.run();
        }
    }

    @Test
    void aClosedLoopEndsWithItsLastRequestAndCountsWhatWasLost() throws IOException {
        // When
        LoadResult result = run(spec(4, false, 100, MINUTE_MS, 0));

        // Then
        assertThat(result.answered()).isEqualTo(90);
        assertThat(result.lost()).isEqualTo(10);
        assertThat(result.statuses()).containsOnlyKeys(201);
        assertThat(result.unexpected(201)).isEqualTo(10);
        assertThat(tokens).hasSize(100);
        assertThat(keys).containsExactly("null");
        assertThat(paths).isEqualTo(Map.of("/api/sales/one/orders", 50, "/api/sales/two/orders", 50));
    }

    @Test
    void anOpenLoopSendsAsManyAsAreDue() throws IOException {
        // When
        LoadResult result = run(spec(50, true, 0, 500, 200));

        // Then
        assertThat(result.answered() + result.lost()).isEqualTo(requests.get()).isBetween(1L, 101L);
        assertThat(keys).hasSize(requests.get()).doesNotContain("null");
    }

    @Test
    void latencyCountsFromTheIntendedTime() throws IOException {
        // Given: more arrivals than one connection can serve at once, all due at the beginning, none of them lost
        LoadSpec spec = spec(1, false, 9, MINUTE_MS, 1e9);

        // When
        LoadResult result = run(spec);

        // Then
        assertThat(result.status(201).latencyMs().max())
                .isGreaterThanOrEqualTo(result.lagMs().max());
        assertThat(result.lagMs().max()).isGreaterThan(result.lagMs().p50());
    }

    @Test
    void aRequestThatIsDueAndFindsNoConnectionIsUnsent() throws IOException {
        // Given
        delayMs = 300;

        // When
        LoadResult result = run(spec(1, false, 0, 1_000, 100));

        // Then: the last is answered after the end
        assertThat(result.sent()).isBetween(1L, 4L);
        assertThat(result.sent() + result.unsent()).isEqualTo(result.due()).isEqualTo(100);
        assertThat(result.unexpected(201)).isEqualTo(100);
        assertThat(result.status(503).latencyMs().max()).isGreaterThan(800);
    }

    @Test
    void ratesLeaveTheStartOfARunOut() throws IOException {
        // Given
        delayMs = 200;

        // When
        long beganNanos = System.nanoTime();
        LoadResult result = run(spec(1, false, 0, 1_000, 0));
        double seconds = (System.nanoTime() - beganNanos) / 1e9;

        // Then: at most two answers come before the window, and one after it
        assertThat(result.windowSeconds()).isBetween(0.5, seconds - 0.5);
        long answers = result.status(503).count();
        assertThat(answers).isBetween(1L, (long) (seconds / 0.2));
        assertThat(result.status(503).inWindow()).isBetween(answers - 3, (long) (result.windowSeconds() / 0.2) + 1);
        assertThat(result.lagMs().max()).isZero();
    }
}
