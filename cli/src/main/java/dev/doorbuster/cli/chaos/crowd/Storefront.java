package dev.doorbuster.cli.chaos.crowd;

import dev.doorbuster.cli.chaos.history.Answer;
import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.HistoryFile;
import dev.doorbuster.cli.chaos.history.Request;
import dev.doorbuster.crowd.client.ShopAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All order-services as one shop, as behind a load balancer: requests go to them in turn, and one that did not reach its
 * instance, or whose connection ended without an answer, goes on to the next one at once if it bears repeating. Every
 * attempt is in the history. Its futures always succeed.
 */
public final class Storefront {
    private static final int CONNECTIONS_MAX = 1_500;
    private static final int WAITING_MAX = 20_000;
    private static final long ANSWER_MAX_MS = 30_000;
    private static final int CONNECT_MAX_MS = 2_000;
    private static final long DOWN_MICROS = 500_000;

    private final HttpClient http;
    private final List<Map.Entry<String, URI>> instances;
    private final HistoryFile history;
    private final int waitPreferredSeconds;
    private final Map<String, Long> downUntilMicros = new HashMap<>();
    private int turn;

    /**
     * Opens.
     *
     * @param instances base address of each order-service by its name
     * @param waitPreferredSeconds how long a buyer wants to be kept waiting for a decision; 0 where not at all
     */
    public Storefront(Vertx vertx, Map<String, URI> instances, HistoryFile history, int waitPreferredSeconds) {
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS_MAX)
                .setMaxWaitQueueSize(WAITING_MAX)
                .setConnectTimeout(CONNECT_MAX_MS)
                .setKeepAlive(true));
        this.instances = List.copyOf(new LinkedHashMap<>(instances).entrySet());
        this.history = history;
        this.waitPreferredSeconds = waitPreferredSeconds;
    }

    /** Sends it; where no instance gave an answer, what came of the last attempt. */
    public Future<Exchange> send(Request request, String token) {
        return send(request, token, 1);
    }

    private Future<Exchange> send(Request request, String token, int attempts) {
        return attempt(request, token).compose(exchange -> {
            boolean elsewhere = attempts < instances.size() && mayGoOn(exchange);
            return elsewhere ? send(request, token, attempts + 1) : Future.succeededFuture(exchange);
        });
    }

    /** An order without a key would be another order at the next instance, if this one has taken it. */
    private static boolean mayGoOn(Exchange exchange) {
        return exchange.answer().lost() == Answer.Lost.NOT_CONNECTED
                || (exchange.answer().lost() == Answer.Lost.CLOSED
                        && exchange.request().key() != null);
    }

    private Future<Exchange> attempt(Request request, String token) {
        Map.Entry<String, URI> instance = next();
        // While it waits for one of the connections, nothing is on its way.
        var sent = new AtomicLong(history.now());
        return http.request(options(request, instance.getValue()))
                .onSuccess(open -> sent.set(history.now()))
                .map(open -> headers(open, request, token))
                .recover(cause -> Future.failedFuture(new NotConnectedException(cause)))
                .compose(open -> body(request) == null ? open.send() : open.send(body(request)))
                .compose(response -> response.body()
                        .map(body ->
                                answer(ShopAnswer.read(response.statusCode(), body.getBytes(), response::getHeader))))
                .otherwise(cause -> Answer.lost(why(cause)))
                .map(answer -> {
                    var exchange = new Exchange(request, instance.getKey(), sent.get(), history.now(), answer);
                    history.add(exchange);
                    if (answer.lost() == Answer.Lost.NOT_CONNECTED) {
                        downUntilMicros.put(exchange.instance(), history.now() + DOWN_MICROS);
                    }
                    return exchange;
                });
    }

    /** In turn, but one that nobody could reach is left alone for a while, unless all are. */
    private Map.Entry<String, URI> next() {
        for (int i = 0; i < instances.size(); i++) {
            Map.Entry<String, URI> instance = instances.get(turn++ % instances.size());
            if (downUntilMicros.getOrDefault(instance.getKey(), 0L) <= history.now()) {
                return instance;
            }
        }
        return instances.get(turn++ % instances.size());
    }

    private static RequestOptions options(Request request, URI instance) {
        return new RequestOptions()
                .setMethod(
                        switch (request.kind()) {
                            case ORDER, REUSE, PAY -> HttpMethod.POST;
                            case LOOK -> HttpMethod.GET;
                            case CANCEL -> HttpMethod.DELETE;
                        })
                .setHost(instance.getHost())
                .setPort(instance.getPort())
                .setURI(
                        switch (request.kind()) {
                            case ORDER, REUSE -> "/api/sales/" + request.sale() + "/orders";
                            case LOOK, CANCEL -> "/api/orders/" + request.order();
                            case PAY -> "/api/orders/" + request.order() + "/payment";
                        })
                .setTimeout(ANSWER_MAX_MS);
    }

    private HttpClientRequest headers(HttpClientRequest open, Request request, String token) {
        open.putHeader("Authorization", "Bearer " + token);
        boolean order = request.kind() == Request.Kind.ORDER || request.kind() == Request.Kind.REUSE;
        if (order && request.key() != null) {
            open.putHeader(ShopAnswer.KEY_HEADER, request.key());
        }
        if (request.kind() != Request.Kind.LOOK && waitPreferredSeconds > 0) {
            open.putHeader("Prefer", "wait=" + waitPreferredSeconds);
        }
        if (body(request) != null) {
            open.putHeader("Content-Type", "application/json");
        }
        return open;
    }

    private static Buffer body(Request request) {
        return switch (request.kind()) {
            case ORDER, REUSE ->
                new JsonObject().put("quantity", request.quantity()).toBuffer();
            case PAY -> new JsonObject().put("reference", request.reference()).toBuffer();
            case LOOK, CANCEL -> null;
        };
    }

    private static final class NotConnectedException extends Exception {
        private static final long serialVersionUID = 1L;

        NotConnectedException(Throwable cause) {
            super(cause);
        }
    }

    private static Answer.Lost why(Throwable cause) {
        if (cause instanceof NotConnectedException connecting) {
            return connecting.getCause() instanceof ConnectException
                    ? Answer.Lost.NOT_CONNECTED
                    : why(connecting.getCause());
        }
        if (cause instanceof TimeoutException) {
            return Answer.Lost.TIMED_OUT;
        }
        return cause instanceof java.io.IOException || cause instanceof io.vertx.core.VertxException
                ? Answer.Lost.CLOSED
                : Answer.Lost.OTHER;
    }

    private static Answer answer(ShopAnswer read) {
        return new Answer(
                read.httpStatus(),
                read.orderId(),
                read.key(),
                read.status(),
                read.reason(),
                read.replayed(),
                read.retryAfterSeconds(),
                null);
    }

    public Future<Void> close() {
        return http.close();
    }
}
