package dev.doorbuster.order.edge.place;

import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.rate.RateLimit;
import dev.doorbuster.order.edge.rate.RateLimitedException;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** {@code POST /api/sales/{saleId}/orders}: from a request to a wish, and from its outcome to an answer. */
final class Placing implements ApiOperation {
    static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("Idempotency-Key");
    private static final String KEY_GIVEN = "doorbuster.key-given";

    private final PlaceConfig config;
    private final Clock clock;
    private final PlaceOrder placeOrder;
    private final OrderIds ids;
    private final Keys keys;
    private final RateLimit buyers;
    private final PlaceMetrics metrics;
    private final PlaceAnswers answers;

    Placing(
            PlaceConfig config,
            Clock clock,
            PlaceOrder placeOrder,
            OrderIds ids,
            Keys keys,
            RateLimit buyers,
            PlaceMetrics metrics,
            IntSupplier retryAfterSeconds) {
        this.config = config;
        this.clock = clock;
        this.placeOrder = placeOrder;
        this.ids = ids;
        this.keys = keys;
        this.buyers = buyers;
        this.metrics = metrics;
        this.answers = new PlaceAnswers(config.retryAfterSeconds(), retryAfterSeconds);
    }

    /** Every answer carries the key: the client's own, or a made one that it can repeat the request with. */
    @Override
    public void prepare(ApiRequest unchecked) {
        String given = unchecked.http().getHeader(IDEMPOTENCY_KEY);
        unchecked.context().put(KEY_GIVEN, given != null);
        if (given == null || Keys.isValid(given)) {
            unchecked.response().putHeader(IDEMPOTENCY_KEY, given == null ? keys.make() : given);
        }
    }

    @Override
    public void handle(ApiRequest request) {
        place(
                new OrderRequest(
                        request.http(),
                        request.caller(),
                        request.saleId(),
                        request.body().getInteger("quantity"),
                        request.context().get(KEY_GIVEN),
                        request.trace()),
                request::fail);
    }

    /**
     * Places the order and answers its request.
     *
     * @param failed gets what kept the order from being placed, where that is no outcome to answer with
     */
    void place(OrderRequest request, Consumer<Throwable> failed) {
        Instant receivedAt = clock.instant();
        long wait = buyers.secondsToWait(request.caller().name());
        if (wait > 0) {
            failed.accept(new RateLimitedException(wait));
            return;
        }
        Wish wish = wish(request, receivedAt);
        HttpServerResponse response = request.http().response();
        placeOrder
                .place(wish)
                .map(outcome -> {
                    if (!response.ended() && !response.closed()) {
                        metrics.done(outcome.label(), receivedAt, clock.instant());
                        answers.send(response, wish, outcome);
                    }
                    return null;
                })
                .onFailure(failed::accept);
    }

    private Wish wish(OrderRequest request, Instant receivedAt) {
        HttpServerResponse response = request.http().response();
        Promise<Void> gone = Promise.promise();
        response.closeHandler(closed -> gone.tryComplete());
        String buyer = request.caller().name();
        String key = response.headers().get(IDEMPOTENCY_KEY);
        return new Wish(
                UUID.randomUUID(),
                ids.mint(request.sale(), buyer, key),
                request.sale(),
                buyer,
                request.quantity(),
                key,
                request.keyGiven(),
                Preference.patience(request.http(), config.waitMax()),
                receivedAt,
                request.trace(),
                gone.future());
    }
}
