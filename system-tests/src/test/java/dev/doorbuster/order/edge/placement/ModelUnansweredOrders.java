package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The product's own class, with a ledger that answers at once. */
public final class ModelUnansweredOrders {
    private final UnansweredOrders orders;

    public ModelUnansweredOrders(
            Publisher publisher,
            String edgeId,
            Function<Collection<OrderNumber>, List<OrderNumber>> undecided,
            LongSupplier random) {
        this.orders = new UnansweredOrders(
                publisher,
                () -> edgeId,
                (sale, numbers) -> Future.succeededFuture(undecided.apply(numbers)),
                sale -> Future.succeededFuture(true),
                new SimpleMeterRegistry().counter("again"),
                random);
    }

    /** Numbers the orders, whose publication the broker then confirms. */
    public List<OrderPlaced> published(SaleId sale, List<OrderPlaced> batch) {
        List<OrderPlaced> numbered = orders.number(sale, batch);
        orders.confirmed(numbered);
        return numbered;
    }

    public boolean isUndecided(UUID orderId) {
        return orders.isUndecided(orderId);
    }

    public void answered(UUID requestId) {
        orders.answered(requestId);
    }

    public void reportBack(SaleMarker marker) {
        orders.reportBack(marker);
    }

    public void check() {
        orders.check();
    }

    public int size() {
        return orders.size();
    }
}
