package dev.doorbuster.crowd.buyers;

import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.history.SaleRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;

/**
 * Loads and compiles the client's code before it is used for a measurement: a crowd orders from a stand-in for the
 * order-service in this process. Without it the latencies of the first seconds would be those of a cold client, which shares
 * its processors with the system. Nothing leaves the loopback interface.
 */
public final class ClientWarmUp {
    private static final int BUYERS = 4_000;
    private static final int PER_SECOND = 2_000;
    private static final int HOLD_SECONDS = 600;
    /** One order in so many is accepted, so that both kinds of answer are read. */
    private static final int ACCEPTED_EVERY = 10;
    /** Any text: the stand-in reads no token. */
    private static final String JWT_SECRET = "only-for-the-warm-up-of-a-client";

    private static final String ACCEPTED = new JsonObject()
            .put("id", "0bb410d7-0000-4000-8000-000000000000")
            .put("saleId", "warm-up")
            .put("buyer", "b-000001")
            .put("quantity", 1)
            .put("status", "RESERVED")
            .put("totalCents", 1999)
            .put("placedAt", "2026-01-01T17:00:00Z")
            .put("holdExpiresAt", "2026-01-01T17:15:00Z")
            .encode();
    private static final String SOLD_OUT = new JsonObject()
            .put("type", "/problems/sold-out")
            .put("title", "Sold out")
            .put("status", 409)
            .encode();

    private int requests;

    private ClientWarmUp() {}

    /** Takes about two seconds, most of them waiting; fails when no port of the loopback interface can be opened. */
    public static Future<CrowdRun.Result> run(Vertx vertx) {
        var standIn = new ClientWarmUp();
        return vertx.createHttpServer()
                .requestHandler(standIn::answer)
                .listen(0, "127.0.0.1")
                .compose(server -> crowd(vertx, server).eventually(() -> server.close()));
    }

    private static Future<CrowdRun.Result> crowd(Vertx vertx, HttpServer server) {
        URI api = URI.create("http://127.0.0.1:" + server.actualPort());
        var sale = new SaleRecord("warm-up", "redis", BUYERS / ACCEPTED_EVERY, 1, HOLD_SECONDS, 0, 0);
        return CrowdRun.run(
                vertx,
                ShopClient.Settings.of(List.of(api), JWT_SECRET),
                CrowdPlan.simple(sale, BUYERS, PER_SECOND, 0, 0),
                progress -> {});
    }

    private void answer(HttpServerRequest request) {
        boolean accepted = requests++ % ACCEPTED_EVERY == 0;
        var unused = request.response()
                .setStatusCode(accepted ? 201 : 409)
                .putHeader("Content-Type", accepted ? "application/json" : "application/problem+json")
                .end(accepted ? ACCEPTED : SOLD_OUT);
    }
}
