package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.rate.RateLimit;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** {@code POST /api/sales/{saleId}/orders}: from a request to a wish, and from its outcome to an answer. */
final class Placing implements ApiOperation {
    static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("Idempotency-Key");
    private static final CharSequence PREFER = HttpHeaders.createOptimized("Prefer");
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
            PlaceMetrics metrics) {
        this.config = config;
        this.clock = clock;
        this.placeOrder = placeOrder;
        this.ids = ids;
        this.keys = keys;
        this.buyers = buyers;
        this.metrics = metrics;
        this.answers = new PlaceAnswers(config.retryAfterSeconds());
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
        Instant receivedAt = clock.instant();
        buyers.require(request.caller().name());
        Wish wish = wish(request, receivedAt);
        request.answer(placeOrder.place(wish), outcome -> {
            metrics.done(outcome.label(), receivedAt, clock.instant());
            answers.send(request.response(), wish, outcome);
        });
    }

    private Wish wish(ApiRequest request, Instant receivedAt) {
        Promise<Void> gone = Promise.promise();
        request.response().closeHandler(closed -> gone.tryComplete());
        SaleId sale = request.saleId();
        String buyer = request.caller().name();
        String key = request.response().headers().get(IDEMPOTENCY_KEY);
        return new Wish(
                UUID.randomUUID(),
                ids.mint(sale, buyer, key),
                sale,
                buyer,
                request.body().getInteger("quantity"),
                key,
                request.context().get(KEY_GIVEN),
                patience(request),
                receivedAt,
                request.trace(),
                gone.future());
    }

    private Duration patience(ApiRequest request) {
        return Preference.patience(request.http().getHeader(PREFER), config.waitMax());
    }
}
