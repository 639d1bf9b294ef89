package dev.doorbuster.order.edge.placement;

import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.http.FastPath;
import dev.doorbuster.order.edge.id.IdempotencyKeys;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.order.edge.visit.BuyerVisits;
import dev.doorbuster.runtime.trace.RequestSpan;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The fast path of {@code POST /api/sales/{saleId}/orders}: well-formed requests for an open sale.
 *
 * <p>Most requests of a sale end at the gate: an order without a key is refused with a pre-encoded body before its own body is
 * read, if a fresh reading shows the sale as sold out; under overload before its token is read, because what refusals cost is
 * lost for orders. A request with a key may repeat an order that the ledger has or that is undecided, and is never refused here.
 * To be used on one event loop only.
 */
final class OrderFastPath implements FastPath {
    private static final String PATH = "/api/sales/";
    private static final String ORDERS = "/orders";
    private static final String ROUTE = "/api/sales/{saleId}/orders";
    /** The router's route name in the metrics. */
    private static final String METRICS_ROUTE = "/api/>/sales/:saleId/orders";

    private static final int SALE_ID_LENGTH = 16;
    private static final int PATH_LENGTH = PATH.length() + SALE_ID_LENGTH + ORDERS.length();
    /** As in the OpenAPI document. */
    private static final int BODY_BYTES_MAX = 4096;

    private static final int BODY_DIGITS_MAX = 4;

    private static final String JSON = "application/json";

    private final SaleCache saleCache;
    private final BuyerVisits visits;
    private final Duration soldOutFreshMax;
    private final LongSupplier nanoTime;
    private final Tokens tokens;
    private final IdempotencyKeys keys;
    private final OrderPlacement placement;
    private final PlaceOrderOperation placeOrder;
    private final Tracing tracing;

    OrderFastPath(
            SaleCache saleCache,
            BuyerVisits visits,
            Duration soldOutFreshMax,
            LongSupplier nanoTime,
            Tokens tokens,
            IdempotencyKeys keys,
            OrderPlacement placement,
            PlaceOrderOperation placeOrder,
            Tracing tracing) {
        this.saleCache = saleCache;
        this.visits = visits;
        this.soldOutFreshMax = soldOutFreshMax;
        this.nanoTime = nanoTime;
        this.tokens = tokens;
        this.keys = keys;
        this.placement = placement;
        this.placeOrder = placeOrder;
        this.tracing = tracing;
    }

    @Override
    public boolean takes(HttpServerRequest request, Fallback fallback) {
        SaleReading reading = openSale(request);
        if (reading == null || !hasOrdinaryBody(request)) {
            return false;
        }
        String key = request.getHeader(PlaceOrderOperation.IDEMPOTENCY_KEY);
        if (key != null && !IdempotencyKeys.isValid(key)) {
            return false;
        }
        boolean soldOut = key == null && reading.saysSoldOut(nanoTime.getAsLong(), soldOutFreshMax);
        if (key == null && !soldOut && placement.isOverloaded()) {
            placeOrder.refuse(request.response(), ProblemType.OVERLOADED);
            return true;
        }
        Optional<Caller> caller = tokens.check(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (caller.isEmpty() || !caller.get().is(Role.BUYER)) {
            return false;
        }
        visits.visited(reading.sale().saleId(), caller.get().name());
        if (soldOut) {
            return placeOrder.refusesSoldOut(request.response(), caller.get());
        }
        place(request, caller.get(), reading, key, fallback);
        return true;
    }

    /** Null if the request is no order for an open sale. */
    private SaleReading openSale(HttpServerRequest request) {
        String path = request.uri();
        boolean order = HttpMethod.POST.equals(request.method())
                && path.length() == PATH_LENGTH
                && path.startsWith(PATH)
                && path.endsWith(ORDERS);
        return order ? saleCache.known(path.substring(PATH.length(), PATH.length() + SALE_ID_LENGTH)) : null;
    }

    /** JSON of a known length within the limit, sent without waiting for "100 Continue". */
    private static boolean hasOrdinaryBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return JSON.equals(request.getHeader(HttpHeaders.CONTENT_TYPE))
                && length != null
                && length.length() <= BODY_DIGITS_MAX
                && isSmall(length)
                && !request.headers().contains(HttpHeaders.EXPECT);
    }

    private static boolean isSmall(String length) {
        try {
            return Integer.parseInt(length) <= BODY_BYTES_MAX;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A body with more than a quantity is left to the router, which validates it against the OpenAPI document. */
    private void place(HttpServerRequest request, Caller caller, SaleReading reading, String key, Fallback fallback) {
        RequestSpan span = tracing.current();
        request.body().onSuccess((Buffer body) -> {
            int quantity = OrderBody.quantity(body);
            if (quantity == OrderBody.OTHER) {
                fallback.route(request, body);
                return;
            }
            span.route(ROUTE);
            request.routed(METRICS_ROUTE);
            request.response().headers().add(PlaceOrderOperation.IDEMPOTENCY_KEY, key == null ? keys.make() : key);
            placeOrder.place(
                    request,
                    caller,
                    reading.sale().saleId(),
                    quantity,
                    key != null,
                    span.traceparent(),
                    cause -> fallback.fail(request, cause));
        });
    }
}
