package dev.doorbuster.crowd.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One buyer, who is admitted at once; the orders are answered as each test says. */
class RoomCrowdTest {
    private static final String ADMITTED = new JsonObject()
            .put("entrant", "e1")
            .put("phase", "QUEUE")
            .put("place", "ADMITTED")
            .put("pass", "a pass")
            .put("passUntil", "2026-11-30T10:00:00Z")
            .encode();

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger orders = new AtomicInteger();

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void repeatsAnOrderThatCameTooOften() {
        RoomReport report = reportOf(429, 201);

        assertThat(report.got()).isEqualTo(1);
        assertThat(report.starved()).isZero();
        assertThat(orders).hasValue(2);
    }

    @Test
    void isToldTheEndByARefusal() {
        RoomReport report = reportOf(503, 409);

        assertThat(report.got()).isZero();
        assertThat(report.starved()).isZero();
    }

    @Test
    void isToldNothingByAnAnswerThatNoShopShouldGive() {
        RoomReport report = reportOf(400);

        assertThat(report.got()).isZero();
        assertThat(report.starved()).isEqualTo(1);
        assertThat(report.answers()).containsEntry("order: 400", 1);
    }

    private RoomReport reportOf(Integer... statuses) {
        URI shop = get(vertx.createHttpServer()
                .requestHandler(request -> answer(request, statuses))
                .listen(0, "127.0.0.1")
                .map(listening -> URI.create("http://127.0.0.1:" + listening.actualPort())));
        var plan = new RoomPlan(
                "k7wq2mzr5xv3ta6b", 0, List.of(shop), List.of(shop), "0123456789abcdef0123456789abcdef", 0, 1, 100);
        var crowd = new RoomCrowd(vertx, plan);
        get(crowd.comeLate());
        return get(crowd.report());
    }

    private void answer(HttpServerRequest request, Integer... statuses) {
        boolean order = request.path().endsWith("/orders");
        Future<Void> unused = request.response()
                .setStatusCode(order ? statuses[Math.min(orders.getAndIncrement(), statuses.length - 1)] : 200)
                .end(order ? "{}" : ADMITTED);
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
