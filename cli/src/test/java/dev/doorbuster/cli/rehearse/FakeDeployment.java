package dev.doorbuster.cli.rehearse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A simulated shop with its operator API on one event loop; correct unless configured to oversell. */
final class FakeDeployment {
    private final Vertx vertx;
    private final Map<String, FakeSale> sales = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private HttpServer server;

    /** Units sold beyond the stock in each sale. */
    volatile int oversells;

    volatile long delayMs = 1;

    FakeDeployment(Vertx vertx) {
        this.vertx = vertx;
    }

    private static final class FakeSale {
        private final String title;
        private final long stock;
        private final Map<String, JsonObject> orders = new LinkedHashMap<>();
        private volatile boolean ended;

        FakeSale(JsonObject asked) {
            this.title = asked.getString("title");
            this.stock = asked.getLong("stock");
        }
    }

    Future<URI> open() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> handle(request, body.toString())))
                .listen(0, "127.0.0.1")
                .onSuccess(listening -> server = listening)
                .map(listening -> URI.create("http://127.0.0.1:" + listening.actualPort()));
    }

    int sales() {
        return sales.size();
    }

    long openSales() {
        return sales.values().stream().filter(sale -> !sale.ended).count();
    }

    boolean allMarked() {
        return sales.values().stream().allMatch(sale -> sale.title.startsWith("REHEARSAL"));
    }

    private void handle(HttpServerRequest request, String body) {
        String path = request.path();
        if (path.equals("/api/sessions")) {
            request.response().end(new JsonObject().put("token", "operator").encode());
        } else if (path.equals("/api/sales")) {
            String id = "sale%012d".formatted(made.incrementAndGet());
            sales.put(id, new FakeSale(new JsonObject(body)));
            request.response()
                    .setStatusCode(201)
                    .end(new JsonObject().put("saleId", id).encode());
        } else if (path.equals("/api/orders")) {
            request.response().end(ordersOf(request).encode());
        } else if (path.endsWith("/verification")) {
            request.response().end(verification(sale(path)).encode());
        } else if (HttpMethod.DELETE.equals(request.method())) {
            sale(path).ended = true;
            request.response().end("{}");
        } else {
            long unused = vertx.setTimer(delayMs, due -> place(request, sale(path)));
        }
    }

    private FakeSale sale(String path) {
        return sales.get(path.split("/", -1)[3]);
    }

    private void place(HttpServerRequest request, FakeSale sale) {
        String given = request.getHeader("Idempotency-Key");
        String key = given == null ? "made-" + made.incrementAndGet() : given;
        HttpServerResponse response = request.response().putHeader("Idempotency-Key", key);
        JsonObject known = sale.orders.get(key);
        if (known != null) {
            response.putHeader("Idempotency-Replayed", "true");
        } else if (sale.orders.size() < sale.stock + oversells) {
            known = new JsonObject()
                    .put("id", UUID.randomUUID().toString())
                    .put("status", "RESERVED")
                    .put("buyer", buyer(request))
                    .put("quantity", 1);
            sale.orders.put(key, known);
        }
        if (known == null) {
            response.setStatusCode(409)
                    .end(new JsonObject().put("type", "/problems/sold-out").encode());
        } else {
            response.setStatusCode(201).end(known.encode());
        }
    }

    private JsonObject ordersOf(HttpServerRequest request) {
        var orders = new JsonArray();
        FakeSale sale = sales.get(request.getParam("saleId"));
        if (sale != null) {
            String buyer = buyer(request);
            sale.orders.values().stream()
                    .filter(order -> order.getString("buyer").equals(buyer))
                    .forEach(orders::add);
        }
        return new JsonObject().put("orders", orders);
    }

    private static JsonObject verification(FakeSale sale) {
        return new JsonObject()
                .put("stock", sale.stock)
                .put("sold", sale.orders.size())
                .put("verdict", "PASS");
    }

    private static String buyer(HttpServerRequest request) {
        String claims = request.getHeader("Authorization").split("\\.", -1)[1];
        return new JsonObject(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                .getString("sub");
    }

    Future<Void> close() {
        return server.close();
    }
}
