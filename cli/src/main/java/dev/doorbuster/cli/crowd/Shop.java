package dev.doorbuster.cli.crowd;

import dev.doorbuster.crowd.client.ShopAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/** The shop's HTTP interface, as a buyer uses it. Its futures always succeed: no answer is an answer too. */
final class Shop {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final CrowdPlan plan;
    private final HttpClient http;
    private int turn;
    private int requestsOut;
    private int requestsOutMax;

    Shop(Vertx vertx, CrowdPlan plan) {
        this.plan = plan;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(plan.connectionsMax())
                // Nobody is turned away on our own side: each buyer has at most two requests out.
                .setMaxWaitQueueSize(2 * plan.buyers())
                .setKeepAlive(true)
                .setDecompressionSupported(false));
    }

    /** Places an order; {@code key} may be null. */
    Future<ShopAnswer> place(String token, String key) {
        Buffer body = new JsonObject().put("quantity", plan.quantity()).toBuffer();
        return send(HttpMethod.POST, "/api/sales/" + plan.saleId() + "/orders", token, request -> {
            request.putHeader("Content-Type", "application/json");
            if (key != null) {
                request.putHeader(ShopAnswer.KEY_HEADER, key);
            }
            if (!plan.manners().waitPreferred().isZero()) {
                request.putHeader(
                        "Prefer", "wait=" + plan.manners().waitPreferred().toSeconds());
            }
            return request.send(body);
        });
    }

    /** Looks after an order. */
    Future<ShopAnswer> look(String token, String orderId) {
        return send(HttpMethod.GET, "/api/orders/" + orderId, token, HttpClientRequest::send);
    }

    /** The orders that a buyer has in the plan's sale: the body as it came, whatever it says. */
    Future<JsonObject> orders(String token) {
        return exchange(HttpMethod.GET, "/api/orders?saleId=" + plan.saleId(), token, HttpClientRequest::send)
                .compose(response -> response.statusCode() == 200
                        ? response.body().map(Buffer::toJsonObject)
                        : Future.failedFuture("a buyer's orders were answered with " + response.statusCode()));
    }

    /** How many requests were under way at once, at most. */
    int requestsOutMax() {
        return requestsOutMax;
    }

    Future<Void> close() {
        return http.close();
    }

    private interface Sending {
        Future<HttpClientResponse> send(HttpClientRequest request);
    }

    private Future<ShopAnswer> send(HttpMethod method, String path, String token, Sending sending) {
        requestsOutMax = Math.max(requestsOutMax, ++requestsOut);
        return exchange(method, path, token, sending)
                .compose(response -> response.body()
                        .map(body -> ShopAnswer.read(response.statusCode(), body.getBytes(), response::getHeader)))
                .otherwise(cause -> ShopAnswer.lost(ShopAnswer.Lost.OTHER, cause.toString()))
                .onComplete(answered -> requestsOut--);
    }

    private Future<HttpClientResponse> exchange(HttpMethod method, String path, String token, Sending sending) {
        URI api = plan.apis().get(turn++ % plan.apis().size());
        boolean tls = "https".equals(api.getScheme());
        int usualPort = tls ? HTTPS_PORT : HTTP_PORT;
        var options = new RequestOptions()
                .setMethod(method)
                .setSsl(tls)
                .setHost(api.getHost())
                .setPort(api.getPort() < 0 ? usualPort : api.getPort())
                .setURI(path)
                .setTimeout(plan.patience().answerMax().toMillis());
        return http.request(options)
                .compose(request -> sending.send(request.putHeader("Authorization", "Bearer " + token)));
    }
}
