package dev.doorbuster.order.edge.placement;

import dev.doorbuster.order.edge.http.Gate;
import dev.doorbuster.order.edge.id.IdempotencyKeys;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.rate.RateLimit;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Refuses orders without a key before their bodies are read, as most requests of a sale are: if a fresh reading shows the sale
 * as sold out; under overload before the token is read, because what refusals cost is lost for orders. A request with a key may
 * repeat an order that the ledger has or that is undecided, and is never refused here. To be used on one event loop only.
 */
final class OrderGate implements Gate {
    private final OrderHeads heads;
    private final Duration soldOutFreshMax;
    private final LongSupplier nanoTime;
    private final IdempotencyKeys keys;
    private final RateLimit buyers;
    private final OrderPlacement placement;
    private final OrderMetrics metrics;

    OrderGate(
            OrderHeads heads,
            Duration soldOutFreshMax,
            LongSupplier nanoTime,
            IdempotencyKeys keys,
            RateLimit buyers,
            OrderPlacement placement,
            OrderMetrics metrics) {
        this.heads = heads;
        this.soldOutFreshMax = soldOutFreshMax;
        this.nanoTime = nanoTime;
        this.keys = keys;
        this.buyers = buyers;
        this.placement = placement;
        this.metrics = metrics;
    }

    @Override
    public Refusal refusal(String uri, MultiMap headers) {
        SaleReading reading = heads.openSale(uri, headers);
        if (reading == null || headers.contains(PlaceOrderOperation.IDEMPOTENCY_KEY)) {
            return null;
        }
        if (reading.saysSoldOut(nanoTime.getAsLong(), soldOutFreshMax)) {
            return heads.buyer(reading, headers)
                    .filter(buyer -> buyers.secondsToWait(buyer.name()) <= 0)
                    .map(buyer -> refusal(ProblemType.SOLD_OUT))
                    .orElse(null);
        }
        if (!placement.isOverloaded()) {
            return null;
        }
        Refusal overloaded = refusal(ProblemType.OVERLOADED);
        overloaded.headers().add(Problem.RETRY_AFTER, Integer.toString(placement.retryAfterSeconds()));
        return overloaded;
    }

    private Refusal refusal(ProblemType why) {
        metrics.gateRefused(why.slug());
        return new Refusal(why, HttpHeaders.headers().add(PlaceOrderOperation.IDEMPOTENCY_KEY, keys.make()));
    }
}
