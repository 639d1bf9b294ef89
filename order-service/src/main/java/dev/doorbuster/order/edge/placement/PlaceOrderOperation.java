package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.id.IdempotencyKeys;
import dev.doorbuster.order.edge.id.OrderIds;
import dev.doorbuster.order.edge.id.RequestIds;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.pending.Preference;
import dev.doorbuster.order.edge.placement.OrderPlacement.OrderRequest;
import dev.doorbuster.runtime.rate.RateLimit;
import dev.doorbuster.runtime.rate.RateLimit.RateLimitedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/** {@code POST /api/sales/{saleId}/orders}. */
final class PlaceOrderOperation implements ApiOperation {
    static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("Idempotency-Key");
    private static final CharSequence QUEUE_PASS = HttpHeaders.createOptimized("Queue-Pass");
    private static final String KEY_GIVEN = "doorbuster.key-given";

    private final PlacementConfig config;
    private final Clock clock;
    private final OrderPlacement placement;
    private final OrderIds ids;
    private final RequestIds requestIds = new RequestIds();
    private final IdempotencyKeys keys;
    private final RateLimit buyers;
    private final OrderMetrics metrics;
    private final OrderResponses responses;

    PlaceOrderOperation(
            PlacementConfig config,
            Clock clock,
            OrderPlacement placement,
            OrderIds ids,
            IdempotencyKeys keys,
            RateLimit buyers,
            OrderMetrics metrics) {
        this.config = config;
        this.clock = clock;
        this.placement = placement;
        this.ids = ids;
        this.keys = keys;
        this.buyers = buyers;
        this.metrics = metrics;
        this.responses = new OrderResponses(config.retryAfterSeconds(), placement::retryAfterSeconds);
    }

    /** Every response contains the key: the client's own, or a generated one for repeating the request. */
    @Override
    public void prepare(ApiRequest unchecked) {
        String given = unchecked.http().getHeader(IDEMPOTENCY_KEY);
        unchecked.context().put(KEY_GIVEN, given != null);
        if (given == null || IdempotencyKeys.isValid(given)) {
            unchecked.response().putHeader(IDEMPOTENCY_KEY, given == null ? keys.make() : given);
        }
    }

    @Override
    public void handle(ApiRequest request) {
        place(
                request.http(),
                request.caller(),
                request.saleId(),
                request.body().getInteger("quantity"),
                request.context().get(KEY_GIVEN),
                request.trace(),
                request::fail);
    }

    /**
     * Places the order and writes the response; the idempotency key is already among its headers.
     *
     * @param keyGiven whether the client sent the key
     * @param trace the request's own span as W3C traceparent; null if the request is not traced
     * @param failed receives the failure if there is no outcome
     */
    void place(
            HttpServerRequest http,
            Caller caller,
            SaleId sale,
            int quantity,
            boolean keyGiven,
            String trace,
            Consumer<Throwable> failed) {
        Instant receivedAt = clock.instant();
        String buyer = caller.name();
        long wait = buyers.secondsToWait(buyer);
        if (wait > 0) {
            failed.accept(new RateLimitedException(wait));
            return;
        }
        HttpServerResponse response = http.response();
        String key = response.headers().get(IDEMPOTENCY_KEY);
        var request = new OrderRequest(
                requestIds.next(),
                ids.mint(sale, buyer, key),
                sale,
                buyer,
                quantity,
                key,
                keyGiven,
                Preference.maxWait(http, config.waitMax()),
                receivedAt,
                trace,
                () -> http.getHeader(QUEUE_PASS),
                PendingRequests.closed(response));
        placement
                .place(request)
                .map(outcome -> {
                    if (!response.ended() && !response.closed()) {
                        metrics.done(outcome.label(), receivedAt, clock.instant());
                        responses.send(response, request, outcome);
                    }
                    return null;
                })
                .onFailure(failed::accept);
    }
}
