package dev.doorbuster.crowd.client;

import dev.doorbuster.crowd.client.ShopAnswer.Lost;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The buyers' side of the HTTP interface. Order-services are used in turn, as behind a load balancer: a request whose
 * connection failed or ended without an answer goes to the next instance at once, if it may be sent twice. Every attempt is
 * logged. Used on one event loop; futures of {@link #send} always succeed.
 */
public final class ShopClient {
    /** A request waits for a connection as long as it takes: how many there are is the crowd's decision. */
    private static final int WAITING_UNLIMITED = -1;

    private static final long DOWN_MICROS = 500_000;

    private final Settings settings;
    private final HttpClient http;
    private final BuyerTokens tokens;
    private final List<Map.Entry<String, URI>> instances;
    private final RequestLog log;
    private final Map<String, Long> downUntilMicros = new HashMap<>();
    private int turn;
    private int requestsInFlight;
    private int requestsInFlightMax;

    public ShopClient(Vertx vertx, Settings settings, RequestLog log) {
        this.settings = settings;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(settings.connectionsMax())
                .setMaxWaitQueueSize(WAITING_UNLIMITED)
                .setConnectTimeout(Math.toIntExact(settings.connectMax().toMillis())));
        this.tokens = new BuyerTokens(settings.jwtSecret());
        this.instances = List.copyOf(settings.instances().entrySet());
        this.log = log;
    }

    /**
     * Where and how to send.
     *
     * @param instances base address of each order-service by its name
     * @param jwtSecret signs the buyers' tokens
     * @param connectionsMax to each order-service
     * @param waitPreferred how long the server is asked to hold a request before it answers 202; zero asks for nothing
     */
    public record Settings(
            Map<String, URI> instances,
            String jwtSecret,
            int connectionsMax,
            Duration connectMax,
            Duration answerMax,
            Duration waitPreferred) {
        private static final int CONNECTIONS_MAX = 512;

        public Settings {
            instances = new LinkedHashMap<>(instances);
            if (instances.isEmpty() || connectionsMax < 1) {
                throw new IllegalArgumentException("at least one order-service and one connection");
            }
        }

        /** Instances are named by their addresses. */
        public static Settings of(List<URI> apis, String jwtSecret) {
            var instances = new LinkedHashMap<String, URI>();
            apis.forEach(api -> instances.put(api.toString(), api));
            return new Settings(
                    instances,
                    jwtSecret,
                    CONNECTIONS_MAX,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10));
        }

        public Settings withConnections(int max) {
            return new Settings(instances, jwtSecret, max, connectMax, answerMax, waitPreferred);
        }

        public Settings withAnswerMax(Duration max) {
            return new Settings(instances, jwtSecret, connectionsMax, connectMax, max, waitPreferred);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Settings" + instances;
        }
    }

    /** Sends now; completes with the last attempt. */
    public Future<RequestRecord> send(ShopRequest request) {
        return send(request, log.now());
    }

    /**
     * Sends; completes with the last attempt.
     *
     * @param dueMicros when the buyer meant to send it
     */
    public Future<RequestRecord> send(ShopRequest request, long dueMicros) {
        requestsInFlightMax = Math.max(requestsInFlightMax, ++requestsInFlight);
        return send(request, dueMicros, 1).onComplete(answered -> requestsInFlight--);
    }

    private Future<RequestRecord> send(ShopRequest request, long dueMicros, int attempts) {
        return attempt(request, dueMicros).compose(sent -> {
            boolean elsewhere = attempts < instances.size() && mayBeSentAgain(sent);
            return elsewhere ? send(request, dueMicros, attempts + 1) : Future.succeededFuture(sent);
        });
    }

    /** An order without a key would be another order at the next instance if this one has accepted it. */
    private static boolean mayBeSentAgain(RequestRecord sent) {
        Lost lost = sent.answer().lost();
        return lost == Lost.NOT_CONNECTED
                || (lost == Lost.CLOSED && sent.request().key() != null);
    }

    private Future<RequestRecord> attempt(ShopRequest request, long dueMicros) {
        Map.Entry<String, URI> instance = next();
        // A request that waits for a connection is not sent yet.
        var sent = new AtomicLong(log.now());
        return http.request(options(method(request), path(request), instance.getValue()))
                .onSuccess(open -> sent.set(log.now()))
                .map(open -> headers(open, request))
                .recover(cause -> Future.failedFuture(new NotConnectedException(cause)))
                .compose(open -> body(request) == null ? open.send() : open.send(body(request)))
                .compose(response -> response.body()
                        .map(body -> ShopAnswer.read(response.statusCode(), body.getBytes(), response::getHeader)))
                .otherwise(cause -> ShopAnswer.lost(why(cause), text(cause)))
                .map(answer -> {
                    var record =
                            new RequestRecord(request, instance.getKey(), dueMicros, sent.get(), log.now(), answer);
                    log.add(record);
                    if (answer.lost() == Lost.NOT_CONNECTED) {
                        downUntilMicros.put(record.instance(), log.now() + DOWN_MICROS);
                    }
                    return record;
                });
    }

    /** All orders that a buyer has in a sale, as they came. Not logged. */
    public Future<List<JsonObject>> orders(String sale, String buyer) {
        return orders(Optional.of("/api/orders?saleId=" + sale), buyer, new ArrayList<>());
    }

    private Future<List<JsonObject>> orders(Optional<String> page, String buyer, List<JsonObject> read) {
        if (page.isEmpty()) {
            return Future.succeededFuture(read);
        }
        return http.request(options(HttpMethod.GET, page.get(), next().getValue()))
                .compose(open -> authorize(open, buyer).send().compose(response -> orders(response, buyer, read)));
    }

    private Future<List<JsonObject>> orders(HttpClientResponse response, String buyer, List<JsonObject> read) {
        return response.statusCode() == 200
                ? response.body()
                        .compose(body ->
                                orders(NextPage.of(response.getHeader(NextPage.HEADER)), buyer, with(read, body)))
                : Future.failedFuture("a buyer's orders were answered with " + response.statusCode());
    }

    private static List<JsonObject> with(List<JsonObject> read, Buffer body) {
        body.toJsonObject().getJsonArray("orders").forEach(order -> read.add((JsonObject) order));
        return read;
    }

    /** How many requests were in flight at once, at most. */
    public int requestsInFlightMax() {
        return requestsInFlightMax;
    }

    public Future<Void> close() {
        return http.close();
    }

    /** In turn; an instance that could not be reached is left out for a while, unless all are. */
    private Map.Entry<String, URI> next() {
        for (int i = 0; i < instances.size(); i++) {
            Map.Entry<String, URI> instance = instances.get(turn++ % instances.size());
            if (downUntilMicros.getOrDefault(instance.getKey(), 0L) <= log.now()) {
                return instance;
            }
        }
        return instances.get(turn++ % instances.size());
    }

    private RequestOptions options(HttpMethod method, String path, URI api) {
        return new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(api.resolve(path).toString())
                .setTimeout(settings.answerMax().toMillis());
    }

    private static HttpMethod method(ShopRequest request) {
        return switch (request.kind()) {
            case ORDER, REUSE, PAY -> HttpMethod.POST;
            case LOOK -> HttpMethod.GET;
            case CANCEL -> HttpMethod.DELETE;
        };
    }

    private static String path(ShopRequest request) {
        return switch (request.kind()) {
            case ORDER, REUSE -> "/api/sales/" + request.sale() + "/orders";
            case LOOK, CANCEL -> "/api/orders/" + request.order();
            case PAY -> "/api/orders/" + request.order() + "/payment";
        };
    }

    private HttpClientRequest headers(HttpClientRequest open, ShopRequest request) {
        if (request.isPlacing() && request.key() != null) {
            open.putHeader(ShopAnswer.KEY_HEADER, request.key());
        }
        if (request.kind() != ShopRequest.Kind.LOOK && !settings.waitPreferred().isZero()) {
            open.putHeader("Prefer", "wait=" + settings.waitPreferred().toSeconds());
        }
        if (body(request) != null) {
            open.putHeader("Content-Type", "application/json");
        }
        return authorize(open, request.buyer());
    }

    private HttpClientRequest authorize(HttpClientRequest open, String buyer) {
        return open.putHeader("Authorization", "Bearer " + tokens.mint(buyer, Instant.now()));
    }

    private static Buffer body(ShopRequest request) {
        return switch (request.kind()) {
            case ORDER, REUSE ->
                new JsonObject().put("quantity", request.quantity()).toBuffer();
            case PAY -> new JsonObject().put("reference", request.reference()).toBuffer();
            case LOOK, CANCEL -> null;
        };
    }

    private static final class NotConnectedException extends Exception {
        NotConnectedException(Throwable cause) {
            super(cause);
        }
    }

    private static String text(Throwable cause) {
        return cause instanceof NotConnectedException ? cause.getCause().toString() : cause.toString();
    }

    private static Lost why(Throwable cause) {
        if (cause instanceof NotConnectedException connecting) {
            return connecting.getCause() instanceof ConnectException ? Lost.NOT_CONNECTED : why(connecting.getCause());
        }
        if (cause instanceof TimeoutException) {
            return Lost.TIMED_OUT;
        }
        return cause instanceof IOException || cause instanceof VertxException ? Lost.CLOSED : Lost.OTHER;
    }
}
