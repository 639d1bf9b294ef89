package dev.doorbuster.notifier.email;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads sales from the order-service's public API and caches them: titles rarely change. */
final class SaleLookup {
    private final HttpClient client;
    private final EmailConfig config;
    private final Map<SaleId, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SaleId, Known> eldest) {
            return size() > config.salesMax();
        }
    };

    private record Known(SaleFacts facts, long atNanos) {
        boolean isYounger(Duration age) {
            return System.nanoTime() - atNanos < age.toNanos();
        }
    }

    SaleLookup(Vertx vertx, EmailConfig config) {
        this.config = config;
        int timeoutMs = Math.toIntExact(config.timeout().toMillis());
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(timeoutMs)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(timeoutMs));
    }

    Future<SaleFacts> find(SaleId sale) {
        Known before = known.get(sale);
        if (before != null && before.isYounger(config.saleFresh())) {
            return Future.succeededFuture(before.facts());
        }
        URI url = config.salesUrl().resolve("/api/sales/" + sale);
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                // Covers connecting, TLS included; the rest of the time limit covers the request.
                .setConnectTimeout(config.timeout().toMillis());
        long endsAt = System.nanoTime() + config.timeout().toNanos();
        return client.request(options)
                .compose(request -> {
                    long leftMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(endsAt - System.nanoTime()));
                    return request.send()
                            .compose(response -> read(sale, response))
                            .timeout(leftMs, TimeUnit.MILLISECONDS)
                            .onFailure(cause -> {
                                boolean unused = request.reset();
                            });
                })
                .onSuccess(facts -> known.put(sale, new Known(facts, System.nanoTime())));
    }

    private static Future<SaleFacts> read(SaleId sale, HttpClientResponse response) {
        return switch (response.statusCode()) {
            case 200 ->
                response.body().map(body -> {
                    JsonObject json = body.toJsonObject();
                    return new SaleFacts(json.getString("title"), json.getString("currency"));
                });
            case 404 -> Future.failedFuture(DeliveryException.never("no such sale: " + sale));
            default -> Future.failedFuture("GET of the sale " + sale + ": answered " + response.statusCode());
        };
    }

    Future<Void> close() {
        return client.close();
    }
}
