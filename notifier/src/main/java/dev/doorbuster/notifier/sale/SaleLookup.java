package dev.doorbuster.notifier.sale;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import dev.doorbuster.runtime.batch.LimitedMap;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads sales from the order-service's public API and caches them. Requests for a sale that is being read join that
 * reading. Ids that a client sent, which may be of no sale, are read over connections of their own until they are known, so that many
 * of them delay no other reading. To be used on one event loop only.
 */
public final class SaleLookup {
    private final SaleLookupConfig config;
    private final Connections connections;
    private final Connections ofRequestedIds;
    private final Map<SaleId, Known> known;
    private final Map<SaleId, Known> unknown;

    /** Clients with their readings in progress. */
    private record Connections(HttpClient client, Map<SaleId, Future<JsonObject>> reading) {}

    /**
     * What was read.
     *
     * @param sale null if there is no such sale
     */
    private record Known(JsonObject sale, long atNanos) {
        boolean isYounger(Duration age) {
            return System.nanoTime() - atNanos < age.toNanos();
        }
    }

    public SaleLookup(Vertx vertx, SaleLookupConfig config) {
        this.config = config;
        this.known = new LimitedMap<>(config.salesCachedMax());
        this.unknown = new LimitedMap<>(config.salesCachedMax());
        this.connections = connections(vertx, config);
        this.ofRequestedIds = connections(vertx, config);
    }

    private static Connections connections(Vertx vertx, SaleLookupConfig config) {
        int timeoutMs = Math.toIntExact(config.lookupTimeout().toMillis());
        return new Connections(
                vertx.createHttpClient(new HttpClientOptions()
                        .setConnectTimeout(timeoutMs)
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setSslHandshakeTimeout(timeoutMs)
                        .setMaxWaitQueueSize(config.lookupsWaitingMax())),
                new HashMap<>());
    }

    /**
     * The sale as in the HTTP API; fails for good with {@link DeliveryException} if there is no such sale.
     *
     * @param fresh greatest age of a cached sale
     */
    public Future<JsonObject> find(SaleId sale, Duration fresh) {
        return find(connections, sale, fresh);
    }

    /** The same for an id that a client sent; that it is of no sale may be told for {@code unknownFresh} from the cache. */
    public Future<JsonObject> findRequested(SaleId sale, Duration fresh) {
        if (known.containsKey(sale)) {
            return find(sale, fresh);
        }
        Known before = unknown.get(sale);
        return before != null && before.isYounger(config.unknownFresh())
                ? Future.failedFuture(noSuchSale(sale))
                : find(ofRequestedIds, sale, fresh).onFailure(cause -> {
                    if (cause instanceof DeliveryException failure && failure.isFinal()) {
                        unknown.put(sale, new Known(null, System.nanoTime()));
                    }
                });
    }

    private Future<JsonObject> find(Connections over, SaleId sale, Duration fresh) {
        Known before = known.get(sale);
        if (before != null && before.isYounger(fresh)) {
            return Future.succeededFuture(before.sale());
        }
        Future<JsonObject> begun = over.reading().get(sale);
        if (begun != null) {
            return begun;
        }
        Future<JsonObject> begins = request(over, sale);
        over.reading().put(sale, begins);
        return begins.onComplete(read -> over.reading().remove(sale));
    }

    private Future<JsonObject> request(Connections over, SaleId sale) {
        long askedAt = System.nanoTime();
        return get(over, sale, "/api/sales/" + sale).map(read -> {
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
        return get(connections, sale, "/api/sales/" + sale + "/holds");
    }

    private Future<JsonObject> get(Connections over, SaleId sale, String path) {
        URI url = config.salesUrl().resolve(path);
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                // Covers connecting, TLS included; the rest of the time limit covers the request.
                .setConnectTimeout(config.lookupTimeout().toMillis());
        long endsAt = System.nanoTime() + config.lookupTimeout().toNanos();
        return over.client().request(options).compose(request -> {
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
            case 404 -> Future.failedFuture(noSuchSale(sale));
            default -> Future.failedFuture("GET of the sale " + sale + ": answered " + response.statusCode());
        };
    }

    private static DeliveryException noSuchSale(SaleId sale) {
        return DeliveryException.never("no such sale: " + sale);
    }

    public Future<Void> close() {
        return Future.join(connections.client().close(), ofRequestedIds.client().close())
                .mapEmpty();
    }
}
