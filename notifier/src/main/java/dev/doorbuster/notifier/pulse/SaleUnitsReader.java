package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads the ledger's units from the order-service's public API. Each request has a timeout. */
final class SaleUnitsReader {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    private static final int CONNECTIONS_MAX = 4;
    private static final int WAITING_MAX = 256;

    private final HttpClient client;
    private final URI orderService;

    SaleUnitsReader(Vertx vertx, URI orderService) {
        this.orderService = orderService;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(ANSWER_MAX.toMillis()))
                .setMaxPoolSize(CONNECTIONS_MAX)
                .setMaxWaitQueueSize(WAITING_MAX));
    }

    /** Fails if the order-service does not answer, or does not know the sale. */
    Future<SaleUnits> read(SaleId sale) {
        return get("/api/sales/" + sale)
                .compose(row -> get("/api/sales/" + sale + "/holds")
                        .map(holds -> new SaleUnits(
                                row.getLong("stock"),
                                row.getLong("stock") - row.getLong("available"),
                                holds.getLong("held"),
                                "CLOSED".equals(row.getString("state")))));
    }

    private Future<JsonObject> get(String path) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(orderService.resolve(path).toString())
                .setTimeout(ANSWER_MAX.toMillis());
        return client.request(options)
                .compose(request -> request.send())
                .compose(response -> response.body()
                        .compose(body -> response.statusCode() == 200
                                ? Future.succeededFuture(body.toJsonObject())
                                : Future.failedFuture("GET " + path + ": answered " + response.statusCode())))
                .timeout(2 * ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    Future<Void> close() {
        return client.close();
    }
}
