package dev.doorbuster.crowd.buyers;

import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerSale;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A correct shop of one event loop and a few units, which can be made slow, busy or silent. */
final class FakeShop {
    private final Vertx vertx;
    private final Map<String, JsonObject> orders = new LinkedHashMap<>();
    final Map<String, AtomicInteger> requestsByKey = new ConcurrentHashMap<>();
    final AtomicInteger connectionsMax = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger keysMade = new AtomicInteger();
    private HttpServer server;
    private int stock;

    /** How many of the first requests are sent away, are not answered, or are accepted undecided. */
    final AtomicInteger busyFirst = new AtomicInteger();

    final AtomicInteger deafFirst = new AtomicInteger();
    /** How many of the first lists of orders are refused for now. */
    final AtomicInteger busyLists = new AtomicInteger();

    volatile boolean acceptsOnly;
    volatile long delayMs = 1;

    FakeShop(Vertx vertx, int stock) {
        this.vertx = vertx;
        this.stock = stock;
    }

    Future<URI> open() {
        return vertx.createHttpServer()
                .connectionHandler(connection -> {
                    connectionsMax.accumulateAndGet(connections.incrementAndGet(), Math::max);
                    connection.closeHandler(v -> connections.decrementAndGet());
                })
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .onSuccess(listening -> server = listening)
                .map(listening -> URI.create("http://127.0.0.1:" + listening.actualPort()));
    }

    Future<Void> close() {
        return server.close();
    }

    /** All that came, repeated ones too. */
    int requests() {
        return requestsByKey.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** As a ledger must never. */
    void forget(String key) {
        orders.remove(key);
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/api/orders") && busyLists.getAndDecrement() > 0) {
            problem(request, 503, "overloaded", null);
            return;
        }
        if (request.path().equals("/api/orders")) {
            String buyer = subject(request.getHeader("Authorization"));
            var mine = new JsonArray();
            orders.values().stream()
                    .filter(order -> order.getString("buyer").equals(buyer))
                    .forEach(mine::add);
            answer(request, 200, new JsonObject().put("orders", mine), null);
            return;
        }
        if (request.method().name().equals("GET")) {
            String id = request.path().substring("/api/orders/".length());
            orders.values().stream()
                    .filter(order -> order.getString("id").equals(id))
                    .findFirst()
                    .ifPresentOrElse(
                            order -> answer(request, 200, order, null),
                            () -> request.response().setStatusCode(404).end());
            return;
        }
        String given = request.getHeader("Idempotency-Key");
        String key = given == null ? "made-" + keysMade.incrementAndGet() : given;
        requestsByKey.computeIfAbsent(key, first -> new AtomicInteger()).incrementAndGet();
        if (deafFirst.getAndDecrement() > 0) {
            request.connection().close();
        } else if (busyFirst.getAndDecrement() > 0) {
            request.response().putHeader("Retry-After", "0");
            problem(request, 503, "overloaded", key);
        } else {
            vertx.setTimer(delayMs, due -> place(request, key));
        }
    }

    private void place(HttpServerRequest request, String key) {
        String buyer = subject(request.getHeader("Authorization"));
        JsonObject known = orders.get(key);
        if (known != null) {
            request.response().putHeader("Idempotency-Replayed", "true");
            answer(request, 201, known, key);
        } else if (stock == 0) {
            problem(request, 409, "sold-out", key);
        } else {
            stock--;
            String id = UUID.randomUUID().toString();
            orders.put(
                    key,
                    new JsonObject()
                            .put("id", id)
                            .put("status", "RESERVED")
                            .put("buyer", buyer)
                            .put("quantity", 1));
            if (acceptsOnly) {
                answer(request, 202, new JsonObject().put("id", id).put("status", "PENDING"), key);
            } else {
                answer(request, 201, orders.get(key), key);
            }
        }
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body, String key) {
        if (key != null) {
            request.response().putHeader("Idempotency-Key", key);
        }
        request.response().setStatusCode(status).end(body.toBuffer());
    }

    private static void problem(HttpServerRequest request, int status, String slug, String key) {
        answer(
                request,
                status,
                new JsonObject().put("type", "/problems/" + slug).put("status", status),
                key);
    }

    private static String subject(String authorization) {
        String claims = authorization.substring("Bearer ".length()).split("\\.", 3)[1];
        return new JsonObject(new String(java.util.Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                .getString("sub");
    }

    /** What a correct ledger would have. */
    LedgerSnapshot ledger(String sale, int stockAtFirst) {
        return new LedgerSnapshot(
                List.of(new LedgerSale(sale, stockAtFirst, orders.size(), 1)),
                orders.entrySet().stream()
                        .map(order -> new LedgerOrderRow(
                                order.getValue().getString("id"),
                                sale,
                                order.getValue().getString("buyer"),
                                order.getKey(),
                                1,
                                true,
                                "RESERVED",
                                0,
                                0,
                                false))
                        .toList(),
                List.of());
    }
}
