package dev.doorbuster.notifier.sale;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads sales from the order-service's public API and caches them. Requests for a sale that is being read join that
 * reading. To be used on one event loop only.
 */
public final class SaleLookup {
    private final HttpClient client;
    private final SaleLookupConfig config;
    private final Map<SaleId, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SaleId, Known> eldest) {
            return size() > config.salesCachedMax();
        }
    };

    private final Map<SaleId, Future<JsonObject>> reading = new HashMap<>();

    private record Known(JsonObject sale, long atNanos) {
        boolean isYounger(Duration age) {
            return System.nanoTime() - atNanos < age.toNanos();
        }
    }

    public SaleLookup(Vertx vertx, SaleLookupConfig config) {
        this.config = config;
        int timeoutMs = Math.toIntExact(config.lookupTimeout().toMillis());
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(timeoutMs)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(timeoutMs));
    }

    /**
     * The sale as in the HTTP API; fails for good with {@link DeliveryException} if there is no such sale.
     *
     * @param fresh greatest age of a cached sale
     */
    public Future<JsonObject> find(SaleId sale, Duration fresh) {
        Known before = known.get(sale);
        if (before != null && before.isYounger(fresh)) {
            return Future.succeededFuture(before.sale());
        }
        Future<JsonObject> begun = reading.get(sale);
        if (begun != null) {
            return begun;
        }
        Future<JsonObject> begins = request(sale);
        reading.put(sale, begins);
        return begins.onComplete(read -> reading.remove(sale));
    }

    private Future<JsonObject> request(SaleId sale) {
        long askedAt = System.nanoTime();
        return get(sale, "/api/sales/" + sale).map(read -> {
            Known before = known.get(sale);
            if (before != null && before.atNanos() - askedAt > 0) {
                return before.sale();
            }
            known.put(sale, new Known(read, System.nanoTime()));
            return read;
        });
    }

    /** An event told the state of a sale: a cached sale changes, and a reading that was begun before is not used. */
    public void learned(SaleId sale, SaleState state, long available) {
        Known before = known.get(sale);
        if (before != null) {
            JsonObject now = before.sale().copy().put("state", state.name()).put("available", available);
            known.put(sale, new Known(now, System.nanoTime()));
        }
    }

    /** The sale's reserved units as in the HTTP API, never from the cache; fails as {@link #find} does. */
    public Future<JsonObject> holds(SaleId sale) {
        return get(sale, "/api/sales/" + sale + "/holds");
    }

    private Future<JsonObject> get(SaleId sale, String path) {
        URI url = config.salesUrl().resolve(path);
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                // Covers connecting, TLS included; the rest of the time limit covers the request.
                .setConnectTimeout(config.lookupTimeout().toMillis());
        long endsAt = System.nanoTime() + config.lookupTimeout().toNanos();
        return client.request(options).compose(request -> {
            long leftMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(endsAt - System.nanoTime()));
            return request.send()
                    .compose(response -> read(sale, response))
                    .timeout(leftMs, TimeUnit.MILLISECONDS)
                    .onFailure(cause -> {
                        boolean unused = request.reset();
                    });
        });
    }

    private static Future<JsonObject> read(SaleId sale, HttpClientResponse response) {
        return switch (response.statusCode()) {
            case 200 -> response.body().map(Buffer::toJsonObject);
            case 404 -> Future.failedFuture(DeliveryException.never("no such sale: " + sale));
            default -> Future.failedFuture("GET of the sale " + sale + ": answered " + response.statusCode());
        };
    }

    public Future<Void> close() {
        return client.close();
    }
}
