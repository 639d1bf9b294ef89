package dev.doorbuster.order.edge.placement;

import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.http.FastPath;
import dev.doorbuster.order.edge.id.IdempotencyKeys;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.runtime.trace.RequestSpan;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The fast path of {@code POST /api/sales/{saleId}/orders}: well-formed requests for an open sale. To be used on one event loop only. */
final class OrderFastPath implements FastPath {
    private static final String ROUTE = "/api/sales/{saleId}/orders";
    /** The router's route name in the metrics. */
    private static final String METRICS_ROUTE = "/api/>/sales/:saleId/orders";

    private final OrderHeads heads;
    private final IdempotencyKeys keys;
    private final PlaceOrderOperation placeOrder;
    private final Tracing tracing;

    OrderFastPath(OrderHeads heads, IdempotencyKeys keys, PlaceOrderOperation placeOrder, Tracing tracing) {
        this.heads = heads;
        this.keys = keys;
        this.placeOrder = placeOrder;
        this.tracing = tracing;
    }

    @Override
    public boolean takes(HttpServerRequest request, Fallback fallback) {
        SaleReading reading =
                HttpMethod.POST.equals(request.method()) ? heads.openSale(request.uri(), request.headers()) : null;
        if (reading == null) {
            return false;
        }
        String key = request.getHeader(PlaceOrderOperation.IDEMPOTENCY_KEY);
        if (key != null && !IdempotencyKeys.isValid(key)) {
            return false;
        }
        Optional<Caller> buyer = heads.buyer(reading, request.headers());
        buyer.ifPresent(caller -> place(request, caller, reading, key, fallback));
        return buyer.isPresent();
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
